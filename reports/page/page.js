// Extras only: the page is whole without them. Contents that follow the reader,
// a filter by survey and breakdown, and for each table filters, sorting and copying.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const el = (tag, properties = {}, ...inside) => { const e = Object.assign(document.createElement(tag), properties); e.append(...inside); return e; };
  const hidden = text => el('span', {className: 'vh', textContent: text});
  const button = (text, more = '') => el('button', {type: 'button'}, text, ...(more ? [hidden(more)] : []));
  const said = el('p', {className: 'vh', role: 'status'}); document.body.append(said);

  // A region takes the keyboard only while it scrolls.
  all('.scroll').forEach(r => new ResizeObserver(() => r.scrollWidth > r.clientWidth + 1 ? r.tabIndex = 0 : r.removeAttribute('tabindex')).observe(r));

  // Contents: where the reader is, and all tables at once.
  const links = new Map(all('.toc a').map(a => [a.hash.slice(1), a]));
  const places = all('main > section[id], main h3[id]').filter(e => links.has(e.id));
  const follow = () => {
    const near = places.filter(e => e.getBoundingClientRect().top < innerHeight * .35).pop();
    links.forEach((a, id) => near && id === near.id ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
  };
  addEventListener('scroll', follow, {passive: true}); follow();
  const folds = all('main details'), unfold = button('Open all tables');
  unfold.onclick = () => { const open = folds.some(d => !d.open); folds.forEach(d => d.open = open); unfold.textContent = open ? 'Close all tables' : 'Open all tables'; };
  if (folds.length) document.querySelector('.toc').append(unfold);

  // A list to choose from; "All" is every one.
  const choice = (label, values, changed) => {
    const select = el('select'); ['All', ...values].forEach(v => select.add(new Option(v))); select.onchange = changed;
    return {select, label: el('label', {}, label, select), takes: v => select.selectedIndex === 0 || select.value === v};
  };

  // Filter of a section's figures and tables: by survey and by breakdown, where it has more than one.
  const filters = all('main > section, .more').map(section => {
    const parts = all('[data-survey], [data-by]', section), list = key => [...new Set(parts.map(p => p.dataset[key]).filter(Boolean))];
    const picks = [['survey', 'Survey'], ['by', 'Breakdown']].filter(([key]) => list(key).length > 1).map(([key, label]) => ({key, ...choice(label, list(key), show)}));
    if (!picks.length || parts.length < 4) return null;
    const count = el('p', {role: 'status'}), tools = el('div', {className: 'tools filter', role: 'group', ariaLabel: 'Filter figures and tables'}, ...picks.map(p => p.label), count);
    function show() {
      parts.forEach(part => part.hidden = picks.some(p => part.dataset[p.key] && !p.takes(part.dataset[p.key])));
      all('h3.of-parts', section).forEach(h => { const own = parts.filter(p => p.dataset.under === h.id); h.hidden = own.length > 0 && own.every(p => p.hidden); });
      const left = parts.filter(p => !p.hidden).length;
      count.textContent = left < parts.length ? `Filtered: ${left} of ${parts.length} figures and tables are shown` : '';
      tools.classList.toggle('on', left < parts.length);
    }
    (document.getElementById(parts[0].dataset.under) || parts[0]).before(tools);
    return {section, clear() { picks.forEach(p => p.select.selectedIndex = 0); show(); }};
  }).filter(Boolean);

  // A link to what is folded or filtered away shows it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest('[hidden]')) filters.filter(f => f.section.contains(target)).forEach(f => f.clear());
    const fold = target.closest('details'); if (fold) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal); reveal();

  // What a cell sorts by: a number, a text, or null for a code such as [c].
  const plain = text => text.replace(/\u2212/g, '-').replace(/[\u2066-\u2069]/g, '').trim();
  const value = cell => {
    const text = plain(cell.textContent), number = parseFloat(text.replace(/[,+]/g, ''));
    return text[0] === '[' ? null : cell.classList.contains('n') && !isNaN(number) ? number : text;
  };
  const rank = v => v === null ? 2 : typeof v === 'string' ? 1 : 0; // numbers, then words, codes last
  const compare = (a, b, down) => rank(a) - rank(b) || (down ? -1 : 1) * (typeof a === 'number' ? a - b : a === null ? 0 : a.localeCompare(b, 'en-GB', {numeric: true}));

  // Copying: as HTML, which Word and spreadsheets paste as a table, and as text
  // with tabs. Numbers are numbers; texts stay texts, whatever they begin with.
  const escape = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
  const isNumber = text => /^[-+]?[\d,]*\.?\d+$/.test(text);
  const guarded = text => /^[=+\-@]/.test(text) && !isNumber(text) ? "'" + text : text;
  const words = node => { const c = node.cloneNode(true); all('svg, .vh', c).forEach(x => x.remove()); return plain(c.textContent.replace(/\s+/g, ' ')); };
  const shown = table => all('tr', table).filter(r => !r.hidden).map(r => [...r.cells]);
  const asHTML = (table, before, after) => {
    const cell = c => {
      const text = words(c), number = isNumber(text), tag = c.tagName.toLowerCase();
      const style = `font-family:Arial,sans-serif;font-size:9pt;color:#000;border:1px solid #999;padding:2pt 4pt;vertical-align:top;text-align:${c.classList.contains('n') ? 'right' : 'left'};font-weight:${c.closest('thead') ? 'bold' : 'normal'}` + (number ? '' : ";mso-number-format:'\\@'");
      return `<${tag}${c.scope ? ` scope="${c.scope}"` : ''} style="${style}">${escape(number ? text.replace(/^\+/, '') : text)}</${tag}>`;
    };
    const rows = shown(table).map(cells => `<tr>${cells.map(cell).join('')}</tr>`), line = s => `<p style="font-family:Arial,sans-serif;font-size:10pt">${s}</p>`;
    return line(`<b>${escape(before[0])}</b> ${escape(before[1])}`) +
      `<table style="border-collapse:collapse"><thead>${rows[0]}</thead><tbody>${rows.slice(1).join('')}</tbody></table>` + after.map(s => line(escape(s))).join('');
  };
  const asText = (table, before, after) => [before.join(' '), ...shown(table).map(cells => cells.map(c => guarded(words(c))).join('\t')), ...after].join('\n') + '\n';
  const put = (html, text) => {
    let done = false;
    const on = e => { e.clipboardData.setData('text/html', html); e.clipboardData.setData('text/plain', text); e.preventDefault(); done = true; };
    document.addEventListener('copy', on);
    try { document.execCommand('copy'); } finally { document.removeEventListener('copy', on); }
    return done;
  };
  const source = document.querySelector('footer p').textContent.trim();
  const copy = table => {
    const b = button('Copy table', ': ' + words(table.caption.querySelector('span')).replace(/\.$/, ''));
    b.onclick = () => {
      const notes = []; for (let n = table.closest('.scroll').nextElementSibling; n; n = n.nextElementSibling) { if (n.matches('.note')) notes.push(words(n)); else if (!n.matches('.tools')) break; }
      const before = all('caption span', table).map(s => plain(s.textContent)), after = [...notes, document.querySelector('h1').textContent + '. ' + source];
      const done = put(asHTML(table, before, after), asText(table, before, after));
      said.textContent = done ? 'Table copied' : 'Not copied: select the table and copy it';
      b.firstChild.data = done ? 'Copied' : 'Not copied'; setTimeout(() => b.firstChild.data = 'Copy table', 2000);
    };
    return b;
  };

  const sortable = table => all('thead th', table).forEach(th => {
    if (th.hasAttribute('data-unsorted')) return;
    const b = button(th.textContent); th.replaceChildren(b);
    b.onclick = () => {
      const down = th.getAttribute('aria-sort') === 'ascending', i = th.cellIndex, body = table.tBodies[0];
      all('th', table.tHead).forEach(x => x.removeAttribute('aria-sort')); th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      body.append(...all('tr', body).sort((p, q) => compare(value(p.cells[i]), value(q.cells[i]), down)));
      said.textContent = `Sorted by ${b.textContent}, ${down ? 'highest' : 'lowest'} first`;
    };
  });

  const filterable = (table, box) => {
    const body = table.tBodies[0], rows = all('tr', body), count = el('p', {role: 'status'});
    const picks = all('th[data-filter]', table).map(th => ({i: th.cellIndex, ...choice(th.textContent, [...new Set(rows.map(r => r.cells[th.cellIndex].textContent))], show)}));
    function show() {
      rows.forEach(r => r.hidden = picks.some(p => !p.takes(r.cells[p.i].textContent)));
      const left = rows.filter(r => !r.hidden).length; count.textContent = `${left} of ${rows.length} rows`; tools.classList.toggle('on', left < rows.length);
    }
    const tools = el('div', {className: 'tools filter'}, ...picks.map(p => p.label), count);
    if (picks.length) { box.before(tools); show(); }
  };

  all('table').forEach(table => {
    const box = table.closest('.scroll');
    filterable(table, box);
    box.after(el('div', {className: 'tools'}, copy(table)));
    if (table.hasAttribute('data-sort')) sortable(table);
  });
})();
