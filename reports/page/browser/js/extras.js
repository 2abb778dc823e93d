// What the page's script does, asked of the page: each returns what is wrong.
window.extras = (() => {
  const all = (s, e = document) => [...e.querySelectorAll(s)];
  const text = e => e.textContent.replace(/\u2212/g, '-').trim();
  const number = /^[-+]?[\d,]*\.?\d+$/;

  // The copies of a table: what a word processor and a spreadsheet are given.
  // The browser's own command takes a user's hand, which the test of the keyboard gives.
  const copied = table => {
    const given = new DataTransfer(), command = document.execCommand;
    document.execCommand = () => document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: given, cancelable: true}));
    try { table.closest('.scroll').nextElementSibling.querySelector('button').click(); } finally { document.execCommand = command; }
    return {'text/html': given.getData('text/html'), 'text/plain': given.getData('text/plain')};
  };

  const copies = () => all('table').flatMap(table => {
    const given = copied(table), wrong = [];
    const doc = new DOMParser().parseFromString(given['text/html'] || '', 'text/html');
    const rows = all('tr', table).filter(r => !r.hidden), pasted = all('tr', doc);
    if (pasted.length !== rows.length) wrong.push(`${pasted.length} rows of ${rows.length}`);
    rows.forEach((row, i) => [...row.cells].forEach((cell, j) => {
      const to = pasted[i] && pasted[i].cells[j], numeric = number.test(text(cell));
      if (!to) return wrong.push(`no cell ${i},${j}`);
      if (numeric && Number(to.textContent.replace(/,/g, '')) !== Number(text(cell).replace(/,/g, ''))) wrong.push(`"${text(cell)}" became "${to.textContent}"`);
      if (!numeric && !to.getAttribute('style').includes("mso-number-format:'\\@'")) wrong.push(`the text "${text(cell)}" may be read as something else`);
    }));
    if (all('button, svg, script, [class], [id]', doc).length) wrong.push('more than a table');
    const source = text(document.querySelector('footer p')), lines = (given['text/plain'] || '').split('\n');
    if (!doc.body.textContent.includes(source) || !given['text/plain'].includes(source)) wrong.push('without notice and release');
    if (lines.filter(l => l.split('\t').length === rows[0].cells.length).length < rows.length) wrong.push('the text has not a line a row');
    if (lines.some(l => l.split('\t').some(c => /^[=@]/.test(c) || /^[-+]/.test(c) && !number.test(c)))) wrong.push('a cell of the text begins like a formula');
    return wrong.slice(0, 3).map(w => `${table.id}: ${w}`);
  });

  // Sorting: numbers by size, then words, codes last, up and down.
  const sorts = () => all('table[data-sort]').flatMap(table => all('thead th', table).flatMap((th, i) => {
    const button = th.querySelector('button'); if (!button) return th.hasAttribute('data-unsorted') ? [] : [`${table.id}: heading ${i} does not sort`];
    return ['ascending', 'descending'].flatMap(way => {
      button.click();
      if (th.getAttribute('aria-sort') !== way) return [`${table.id}: heading ${i} is not ${way}`];
      const cells = all('tbody tr', table).map(r => text(r.cells[i])), kind = t => t[0] === '[' ? 2 : th.classList.contains('n') && !isNaN(parseFloat(t.replace(/[,+]/g, ''))) ? 0 : 1;
      const out = cells.slice(1).findIndex((t, k) => {
        const a = cells[k]; if (kind(a) !== kind(t)) return kind(a) > kind(t);
        const d = kind(t) === 0 ? parseFloat(a.replace(/[,+]/g, '')) - parseFloat(t.replace(/[,+]/g, '')) : 0;
        return way === 'ascending' ? d > 0 : d < 0;
      });
      return out < 0 ? [] : [`${table.id}: heading ${i}, ${way}: "${cells[out]}" before "${cells[out + 1]}"`];
    });
  }));

  // Filters of sections: what is of another survey or breakdown goes, and comes back.
  const filters = () => all('.filter[role=group]').flatMap(bar => all('select', bar).flatMap(select => {
    const key = select.parentElement.firstChild.textContent === 'Survey' ? 'survey' : 'by', section = bar.closest('section, .more'), parts = all(`[data-${key}]`, section), wrong = [];
    [...select.options].slice(1).forEach(o => {
      select.value = o.value; select.onchange();
      const shown = parts.filter(p => !p.hidden);
      if (!shown.length || shown.some(p => p.dataset[key] !== o.value)) wrong.push(`${section.id}: ${key} ${o.value} leaves ${shown.length} parts`);
      if (!/^Filtered: \d+ of \d+/.test(bar.querySelector('p').textContent)) wrong.push(`${section.id}: it does not say that it filters`);
    });
    select.selectedIndex = 0; select.onchange();
    if (parts.some(p => p.hidden)) wrong.push(`${section.id}: not all is shown again`);
    return wrong;
  }));

  // A link to a folded table opens it, and one to a filtered figure brings it back.
  const hash = id => new Promise(done => { addEventListener('hashchange', () => setTimeout(done), {once: true}); location.hash = id; });
  const links = async () => {
    const wrong = [], folded = document.querySelector('details:not([open]) table');
    if (folded) { await hash(folded.id); if (!folded.checkVisibility()) wrong.push(`${folded.id} stays folded`); }
    for (const bar of all('.filter[role=group]')) {
      const select = bar.querySelector('select'); select.selectedIndex = 1; select.onchange();
      const gone = bar.closest('section, .more').querySelector('figure[hidden]'); if (!gone) continue;
      await hash(gone.id); if (!gone.checkVisibility()) wrong.push(`${gone.id} stays filtered away`);
    }
    return wrong;
  };
  return {copies, sorts, filters, links};
})();
