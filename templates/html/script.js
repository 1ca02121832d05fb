const form = document.querySelector('.search');
const { words, kit, device, clear: clearButton } = form.elements;
const count = form.querySelector('[role=status]');
const copied = document.querySelector('.copied');
const main = document.querySelector('main');
const NOT_STATED = 'Not stated';

const pages = [...main.children].map((section) => ({
  section,
  kit: section.dataset.kit,
  heading: section.querySelector('h2').textContent,
  codes: [...section.querySelectorAll('.code')].map((element) => ({ element, devices: devicesOf(element) })),
}));
const codes = pages.flatMap((page) => page.codes);

function devicesOf(element) {
  const stated = [...element.querySelectorAll('.devices dd')].map((device) => device.textContent);
  return stated.length > 0 ? stated : [NOT_STATED];
}

// Searching

/** What is searched of a code: all but the captions, which every code has. */
function textOf(element, heading) {
  const parts = element.querySelectorAll('h3, h4, .name, .message, .text, dd, .names code');
  const name = element.querySelector('.name')?.textContent ?? '';
  const spellings = [' ', '', '-'].map((between) => name.replaceAll('_', between));
  const texts = [...parts].map((part) => part.textContent);
  return normal([heading, element.dataset.value ?? '', ...spellings, ...texts].join('\n'));
}

/** Capitals and small letters are the same, and so are the two widths in which digits are typed. */
function normal(text) {
  return text.normalize('NFKC').toLowerCase();
}

/** A number is found by its first digits: who looks for 401 does not mean 1001401. */
function finderOf(word) {
  if (!/^-?\d+$/.test(word)) return (text) => text.includes(word);
  const number = new RegExp(`(^|\\D)${word}`);
  return (text) => number.test(text);
}

function isMatch(code, page, finders) {
  if (kit.value !== '' && kit.value !== page.kit) return false;
  if (device.value !== '' && !code.devices.includes(device.value)) return false;
  return finders.every((finds) => finds(code.text));
}

/** Makes the texts, once somebody is about to search: the page opens without them. */
function makeTexts() {
  for (const page of pages) {
    for (const code of page.codes) code.text ??= textOf(code.element, page.heading);
  }
}

function search() {
  const finders = normal(words.value).split(/\s+/).filter(Boolean).map(finderOf);
  if (finders.length > 0) makeTexts();
  for (const page of pages) {
    for (const code of page.codes) code.element.hidden = !isMatch(code, page, finders);
    page.section.hidden = page.codes.every((code) => code.element.hidden);
  }
  const isFiltered = finders.length > 0 || kit.value !== '' || device.value !== '';
  main.classList.toggle('filtered', isFiltered);
  const found = shownCodes().length;
  count.textContent = found === 0 ? 'No code matches' : `${found} of ${codes.length} codes`;
}

function clear() {
  words.value = kit.value = device.value = '';
  search();
}

function shownCodes() {
  return codes.map((code) => code.element).filter((element) => !element.hidden);
}

/** The code that the search says the number of, else the first that matches. */
function bestCode() {
  const number = normal(words.value).trim();
  const isMeant = (element) =>
    element.dataset.value === number || element.querySelector('.number').textContent === number;
  const shown = shownCodes();
  return shown.find(isMeant) ?? shown[0];
}

function fill(select, values) {
  const sorted = [...new Set(values)].sort((one, other) => one.localeCompare(other));
  select.append(...sorted.map((value) => new Option(value)));
}

// Addresses

function goToAddress() {
  // Some programs encode the slash of a link that is shared.
  const element = document.getElementById(location.hash.slice(1).replaceAll(/%2f/gi, '/'));
  if (!element) return;
  if (element.hidden) clear();
  if (element.matches('.code')) open(element);
  element.scrollIntoView();
}

function open(element) {
  element.open = true;
  focus(element);
}

function focus(element) {
  element?.querySelector('summary').focus();
}

function onToggle({ target: element }) {
  if (!element.open) return;
  if (element.id) history.replaceState(null, '', `#${element.id}`);
  // A table that is wider than the screen has to be scrolled by keyboard too.
  for (const table of element.querySelectorAll('table')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }
}

// Keys

function onKey(event) {
  // Keys with which Chinese is typed are not meant for the page.
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches('input, select');
  if (event.key === 'Escape') clear();
  if (event.key === 'Escape' || (event.key === '/' && !isTyping)) {
    event.preventDefault();
    words.focus();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && (event.target === words || event.target.matches('summary'))) {
    event.preventDefault();
    move(event.target, step);
  }
}

/** Moves the focus among the search and the codes below it. */
function move(from, step) {
  const shown = shownCodes();
  const place = shown.indexOf(from.parentElement) + step;
  if (place === -1) words.focus();
  else focus(shown[place]);
}

// Copying

async function copy(button) {
  const text = button.previousElementSibling.textContent;
  const isCopied = await write(text);
  button.textContent = isCopied ? 'Copied' : 'Failed';
  copied.textContent = isCopied ? `Copied ${text}` : 'It could not be copied';
  setTimeout(() => {
    button.textContent = 'Copy';
    copied.textContent = '';
  }, 2000);
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeBySelection(text);
  }
}

/** What works without the clipboard, which browsers keep from pages that are no secure context. */
function writeBySelection(text) {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return isCopied;
}

fill(kit, pages.map((page) => page.kit));
const devices = codes.flatMap((code) => code.devices);
fill(device, devices.filter((name) => name !== NOT_STATED));
fill(device, devices.filter((name) => name === NOT_STATED));
search();
// The browser goes there too, and takes the focus away, before the page counts as loaded.
goToAddress();
addEventListener('load', goToAddress);
addEventListener('hashchange', goToAddress);

words.addEventListener('focus', makeTexts);
form.addEventListener('input', (event) => event.isComposing || search());
form.addEventListener('compositionend', search);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const best = bestCode();
  if (best) open(best);
});
clearButton.addEventListener('click', () => {
  clear();
  words.focus();
});
document.addEventListener('keydown', onKey);
main.addEventListener('toggle', onToggle, true);
main.addEventListener('click', (event) => event.target.matches('.copy') && copy(event.target));
