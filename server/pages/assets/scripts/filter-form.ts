/** Keeps fields that say nothing out of the address. */
export function run(): void {
  const filled = (field: Element): boolean =>
    !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.value !== '';
  for (const form of document.querySelectorAll<HTMLFormElement>('form.filters')) {
    form.addEventListener('submit', () => {
      const empty = [...form.elements].filter((field) => !filled(field));
      for (const field of empty) field.toggleAttribute('disabled', true);
      // Whoever comes back finds the form as it was.
      setTimeout(() => {
        for (const field of empty) field.toggleAttribute('disabled', false);
      });
    });
  }
}
