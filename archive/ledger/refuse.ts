/** A trigger by which a table of the ledger stays append-only. Released steps of the schema are made with it: never to be edited. */
export const refuse = (table: string, action: 'UPDATE' | 'DELETE', condition = ''): string =>
  `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} ${condition}
   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: ${table}'); END;`;
