/** Marks what is new in a list since the reader was last here. The times of visits stay in this browser. */
export function run(): void {
  const place = document.querySelector<HTMLElement>('[data-visit]');
  const button = place?.querySelector('button');
  const time = place?.querySelectorAll('time');
  if (!place || !button || !time) return;

  // A visit goes on for as long as something is read every half hour.
  const pause = 1_800_000;
  const now = Date.now();
  const key = `last visit ${place.dataset.visit ?? ''}`;
  let kept: { before?: number; latest?: number } = {};
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
  } catch {
    // Kept by nobody we know, or nothing may be kept: as if this were the first visit.
  }
  const latest = typeof kept.latest === 'number' ? kept.latest : undefined;
  const isNewVisit = latest === undefined || now - latest > pause;
  const before = isNewVisit ? latest : typeof kept.before === 'number' ? kept.before : undefined;
  try {
    localStorage.setItem(key, JSON.stringify({ before, latest: now }));
  } catch {
    // Nothing may be kept here: nothing can be told at the next visit.
  }
  if (before === undefined) return;

  const lines = [...document.querySelectorAll<HTMLElement>('[data-fetched]')];
  const fresh = lines.filter(({ dataset }) => Date.parse(dataset.fetched ?? '') > before);
  for (const line of fresh) {
    line.classList.add('is-new');
    const word = document.createElement('span');
    word.className = 'new-word';
    word.textContent = button.dataset.new ?? '';
    (line.querySelector('.change-date, .row-name, .wording-life, h3, th') ?? line).append(' ', word);
  }
  const { lang } = document.documentElement;
  // As all other dates of the website.
  const locale = lang === 'en' ? 'en-GB' : lang;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  for (const one of time) {
    one.dateTime = new Date(before).toISOString();
    one.textContent = date.format(before);
  }
  for (const words of place.querySelectorAll<HTMLElement>('[data-if]')) {
    words.hidden = (words.dataset.if === 'new') !== fresh.length > 0;
    const count = words.querySelector('b');
    if (count) count.textContent = fresh.length.toLocaleString(locale);
  }
  place.hidden = false;
  button.hidden = fresh.length === 0 || fresh.length === lines.length;

  const only = button.textContent;
  let isNarrowed = false;
  button.addEventListener('click', () => {
    isNarrowed = !isNarrowed;
    for (const line of lines) line.hidden = isNarrowed && !fresh.includes(line);
    button.textContent = isNarrowed ? (button.dataset.all ?? only) : only;
  });
}
