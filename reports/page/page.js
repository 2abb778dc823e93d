// Extras only: the page is whole without them.
(() => {
  const all = (s, e = document) => [...e.querySelectorAll(s)], el = (t, o = {}) => Object.assign(document.createElement(t), o);
  const say = el('p', {className: 'vh', role: 'status'}); document.body.append(say);
  const plain = s => s.replace(/\u2212/g, '-').trim();
  const value = c => { const t = plain(c.textContent), x = parseFloat(t.replace(/[,+]/g, '')); return t[0] === '[' ? null : isNaN(x) ? t : x; };

  // a region takes the keyboard only while it scrolls
  all('.scroll').forEach(r => new ResizeObserver(() => r.scrollWidth > r.clientWidth + 1 ? r.tabIndex = 0 : r.removeAttribute('tabindex')).observe(r));

  // contents: where the reader is; all tables at once
  const links = new Map(all('.toc a').map(a => [a.hash.slice(1), a]));
  const mark = () => {
    const near = all('main > section[id]').filter(s => s.getBoundingClientRect().top < innerHeight * .35).pop();
    links.forEach((a, id) => near && id === near.id ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
  };
  addEventListener('scroll', mark, {passive: true}); mark();
  const folds = all('main details'), unfold = el('button', {type: 'button', textContent: 'Open all tables'});
  unfold.onclick = () => { const open = folds.some(d => !d.open); folds.forEach(d => d.open = open); unfold.textContent = open ? 'Close all tables' : 'Open all tables'; };
  document.querySelector('.toc').append(unfold);

  all('table').forEach(t => {
    const box = t.closest('.scroll'), body = t.tBodies[0], name = t.caption.firstChild.firstChild.textContent.trim().replace(/\.$/, ''), tools = el('div', {className: 'tools'});

    // filter: one list per column named in data-filter
    const picks = all('th[data-filter]', t).map(th => {
      const sel = el('select'), lab = el('label', {textContent: th.textContent});
      ['All', ...new Set(all('tr', body).map(r => r.cells[th.cellIndex].textContent))].forEach(v => sel.add(new Option(v)));
      lab.append(sel); tools.append(lab); sel.onchange = filter; return [th.cellIndex, sel];
    });
    const count = el('p', {role: 'status'});
    function filter() {
      const rows = all('tr', body); rows.forEach(r => r.hidden = picks.some(([i, s]) => s.value !== 'All' && r.cells[i].textContent !== s.value));
      count.textContent = `${rows.filter(r => !r.hidden).length} of ${rows.length} rows`;
    }

    // copy: numbers as numbers, into Word and Excel
    const copy = el('button', {type: 'button', textContent: 'Copy table'}); copy.append(el('span', {className: 'vh', textContent: ': ' + name}));
    copy.onclick = () => {
      const c = t.cloneNode(true); all('[hidden], svg', c).forEach(x => x.remove()); all('button', c).forEach(x => x.replaceWith(x.textContent));
      all('td', c).forEach(x => { if (/^[\u2212+]?[\d,.]+$/.test(x.textContent.trim())) x.textContent = plain(x.textContent); });
      const hold = el('div', {className: 'vh'}); hold.append(c); document.body.append(hold);
      const r = document.createRange(), s = getSelection(); r.selectNode(c); s.removeAllRanges(); s.addRange(r);
      const ok = document.execCommand('copy'); s.removeAllRanges(); hold.remove(); say.textContent = ok ? 'Table copied' : 'Not copied: select the table and copy it';
      copy.firstChild.data = ok ? 'Copied' : 'Not copied'; setTimeout(() => copy.firstChild.data = 'Copy table', 2000);
    };
    if (picks.length) { tools.append(count); box.before(tools); filter(); }
    const under = el('div', {className: 'tools'}); under.append(copy); box.after(under);

    // sort: codes such as [c] always last
    if (t.hasAttribute('data-sort')) all('thead th', t).forEach(th => {
      const b = el('button', {type: 'button', textContent: th.textContent}); th.replaceChildren(b);
      b.onclick = () => {
        const down = th.getAttribute('aria-sort') === 'ascending', i = th.cellIndex; all('th', t.tHead).forEach(x => x.removeAttribute('aria-sort')); th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const key = r => value(r.cells[i]); body.append(...all('tr', body).sort((p, q) => { const a = key(p), b = key(q); return a === null || b === null ? (a === null) - (b === null) : (down ? -1 : 1) * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))); }));
        say.textContent = `Sorted by ${b.textContent}, ${down ? 'highest' : 'lowest'} first`;
      };
    });
  });
})();
