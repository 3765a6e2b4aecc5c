import type { JudgedBlock } from './analyse-change.ts';
import type { ChangeClass } from './difference/difference.ts';
import type { Fault } from './faults.ts';
import type { Furniture } from './furniture/furniture.ts';

/** A kind with its facts, `kind` being called `code`. */
export type Coded<Kind> = Kind extends { readonly kind: infer Code }
  ? { readonly code: Code } & Omit<Kind, 'kind'>
  : never;
type Plain<Code> = Code extends string ? { readonly code: Code } : never;
type Why = NonNullable<JudgedBlock['why']>;

/** Why a block that came or went counts (`words`), or does not. `filled-in`: a template that was so at one time only. */
export type BlockReason = Plain<'words' | 'filled-in' | Exclude<Why, 'template'>> | Coded<Furniture>;

/** About one block: its first words, as compared. */
export type ReasonOfBlock = BlockReason & { readonly side: JudgedBlock['side']; readonly words: string };

/** About the change as a whole. */
export type ReasonOfChange =
  | Coded<Fault>
  | Plain<Exclude<ChangeClass, 'text' | 'date' | 'numbering'>>
  /** To the words of an earlier version. @property date of that, milliseconds since 1970 */
  | (Plain<'return' | 'reverted'> & { readonly date: number })
  /** The same, of a pair of texts that has taken turns before. @property turns 3 and more */
  | (Plain<'return-again' | 'reverted-again'> & { readonly date: number; readonly turns: number })
  /** @property blocks that are not told one by one */
  | { readonly code: 'more'; readonly blocks: number }
  | Plain<'persisting' | 'unreadable' | 'former-unreadable'>;

/**
 * Why a change was judged as it was: a code and what belongs to it, so that it can be said in any language. Only values
 * that JSON keeps: reasons are stored in the index.
 */
export type Reason = ReasonOfChange | ReasonOfBlock;
export type ReasonCode = Reason['code'];

export const isOfBlock = (reason: Reason): reason is ReasonOfBlock => 'side' in reason;
