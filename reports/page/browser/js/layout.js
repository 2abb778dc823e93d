// What lies beside the page or is cut off, and whether ids and headings are in
// order. Comes to an object with the fields of layout in layout_test.go.
(() => {
  const all = (s) => [...document.querySelectorAll(s)];
  const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' "' + e.textContent.trim().slice(0, 50) + '"';
  const few = (list) => list.slice(0, 8);
  const page = document.documentElement, edge = page.clientWidth + 1;
  const framed = (e) => e.closest('.scroll') || e.closest('.vh') || e.closest('.skip') || e.closest('svg svg, symbol');
  const shown = (e) => e.checkVisibility();

  const beside = all('body *').filter((e) => !framed(e) && shown(e) && e.getBoundingClientRect().right > edge);

  // An element that hides or ends its text with dots, though more of it is there.
  const cut = all('body *').filter((e) => shown(e) && !framed(e) && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 && !e.matches('svg, svg *'));

  const ids = new Map();
  all('[id]').forEach((e) => ids.set(e.id, (ids.get(e.id) || 0) + 1));
  const wanted = new Set();
  all('a[href^="#"]').forEach((e) => wanted.add(decodeURIComponent(e.hash.slice(1))));
  ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers'].forEach((a) => all('[' + a + ']').forEach((e) => e.getAttribute(a).split(/\s+/).forEach((id) => wanted.add(id))));

  let level = 0;
  const skipped = [];
  all('h1, h2, h3, h4, h5, h6').forEach((h) => {
    const own = Number(h.tagName[1]);
    if (own > level + 1) skipped.push(name(h));
    level = own;
  });

  // A sign that is drawn after its digits, as happens beside text from right to left.
  const turned = [];
  if (/[\u0590-\u08ff]/.test(document.body.textContent)) {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const place = (node, at) => { const r = document.createRange(); r.setStart(node, at); r.setEnd(node, at + 1); return r.getClientRects()[0]; };
    while (walk.nextNode()) {
      for (const found of walk.currentNode.data.matchAll(/[+\u2212](?=\d)/g)) {
        const sign = place(walk.currentNode, found.index), digit = place(walk.currentNode, found.index + 1);
        if (sign && digit && Math.abs(sign.top - digit.top) < 3 && sign.left > digit.left) turned.push(walk.currentNode.data.trim().slice(0, 80));
      }
    }
  }

  return {
    turned: few(turned),
    beside: few(beside).map(name),
    wide: Math.max(0, page.scrollWidth - page.clientWidth),
    twice: few([...ids].filter(([, n]) => n > 1).map(([id]) => id)),
    missing: few([...wanted].filter((id) => id && !ids.has(id))),
    skipped: few(skipped),
    topCount: all('h1').length,
    cut: few(cut).map(name),
  };
})()
