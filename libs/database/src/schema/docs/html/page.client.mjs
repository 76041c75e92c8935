/* The script of the schema's page. It stands in the page as it is; nothing is loaded. */
(() => {
  const search = document.getElementById('search');
  const found = document.getElementById('found');
  const nothing = document.getElementById('nothing');
  const cards = [...document.querySelectorAll('article[data-table]')];
  const further = [...document.querySelectorAll('[data-further]')];
  const figures = [...document.querySelectorAll('figure, .note')];
  const head = [...document.querySelectorAll('h1, .facts, .legend')];
  // What is searched is what is seen: keys, policies and grants stand in parts that may be closed.
  const parts = (card) => [...card.querySelectorAll('header, .comment, .columns tbody')];
  const texts = new Map(
    cards.map((card) => [
      card,
      parts(card)
        .map((part) => part.textContent.toLowerCase())
        .join('\n'),
    ]),
  );
  const plural = (count) => `${count} ${count === 1 ? 'table' : 'tables'}`;

  /** Shows the tables that have all words, and marks the words. */
  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = cards.filter((card) => words.every((word) => texts.get(card).includes(word)));
    const names = new Set(shown.map((card) => card.dataset.table));
    for (const card of cards) card.hidden = !names.has(card.dataset.table);
    for (const item of document.querySelectorAll('nav [data-table]')) item.hidden = !names.has(item.dataset.table);
    for (const area of document.querySelectorAll('[data-area]')) area.hidden = area.querySelector('[data-table]:not([hidden])') === null;
    for (const other of [...further, ...figures, ...head]) other.hidden = words.length > 0;
    nothing.hidden = shown.length > 0;
    found.textContent = words.length === 0 ? '' : `${shown.length} of ${plural(cards.length)}`;
    mark(shown, words);
  }

  function mark(shown, words) {
    if (!('highlights' in CSS)) return;
    CSS.highlights.delete('found');
    if (words.length === 0) return;
    CSS.highlights.set('found', new Highlight(...shown.flatMap(parts).flatMap((part) => rangesOf(part, words))));
  }

  function rangesOf(part, words) {
    const ranges = [];
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.toLowerCase();
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + word.length);
          ranges.push(range);
        }
      }
    }
    return ranges;
  }

  function clear() {
    search.value = '';
    filter();
  }

  search.addEventListener('input', () => {
    filter();
    window.scrollTo({ top: 0, behavior: 'instant' });
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') clear();
    if (event.key === 'Enter') cards.find((card) => !card.hidden)?.scrollIntoView();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || document.activeElement === search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // A link to a table that the search hides shows everything again.
  document.addEventListener('click', (event) => {
    const target = event.target.closest('a[href^="#"]')?.getAttribute('href').slice(1);
    if (target !== undefined && document.getElementById(target)?.closest('[hidden]') !== null) clear();
  });

  const details = document.getElementById('details');
  details.addEventListener('click', () => {
    const open = details.getAttribute('aria-pressed') !== 'true';
    details.setAttribute('aria-pressed', String(open));
    details.textContent = open ? 'Close all details' : 'Open all details';
    for (const part of document.querySelectorAll('details')) part.open = open;
  });

  const theme = document.getElementById('theme');
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const remembered = (work) => {
    // A page opened from a file may have no storage; the choice then lasts until it is closed.
    try {
      return work();
    } catch {
      return null;
    }
  };
  const kept = remembered(() => localStorage.getItem('plinth-schema-theme'));
  if (kept === 'dark' || kept === 'light') root.dataset.theme = kept;
  theme.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark';
    remembered(() => localStorage.setItem('plinth-schema-theme', root.dataset.theme));
  });

  // Lines of the table under the pointer stand out.
  for (const box of document.querySelectorAll('.diagram .box')) {
    const name = box.getAttribute('href').slice(3);
    const lines = [...box.closest('svg').querySelectorAll('.line')].filter(({ dataset }) => dataset.from === name || dataset.to === name);
    const light = (on) => () => lines.forEach((line) => line.classList.toggle('lit', on));
    box.addEventListener('pointerenter', light(true));
    box.addEventListener('pointerleave', light(false));
  }

  // The navigation says which table is being read.
  const links = new Map([...document.querySelectorAll('nav [data-table] a')].map((link) => [link.getAttribute('href').slice(3), link]));
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) links.get(target.dataset.table)?.toggleAttribute('aria-current', isIntersecting);
    },
    { rootMargin: '-76px 0px -70% 0px' },
  );
  for (const card of cards) seen.observe(card);
})();
