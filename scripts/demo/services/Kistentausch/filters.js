/** Removes the counter of visitors, which stands amid the text without a class or an id to select it by. */
export function removeVisitorCounter(document) {
  for (const paragraph of document.querySelectorAll('.inhalt > p')) {
    if (/^Sie sind heute Besucher Nr\. \d+\.$/.test(paragraph.textContent.trim())) paragraph.remove();
  }
}
