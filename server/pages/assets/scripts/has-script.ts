/** Lets styles show what works with scripts alone. */
export function run(): void {
  document.documentElement.classList.add('has-script');
}
