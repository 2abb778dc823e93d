// The controls that the Tab key is to reach, in the order of the page, and what
// has the focus. Puts both as functions into the page.
(() => {
  const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' "' + (e.getAttribute('aria-labelledby') && document.getElementById(e.getAttribute('aria-labelledby')) || e).textContent.trim().replace(/\s+/g, ' ').slice(0, 60) + '"';
  const reachable = (e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true });
  window.controls = () => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(reachable);
    all.forEach((e, i) => { e.place = i; });
    return all.map(name);
  };

  // Where the focus is: the control's place, and what is wrong with how it is shown.
  window.focused = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return { place: -1, name: 'nothing', wrong: '' };
    const style = getComputedStyle(e), box = e.getBoundingClientRect(), wrong = [];
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (!ring) wrong.push('no ring is drawn around it');
    if (box.width < 1 || box.height < 1) wrong.push('it has no size');
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) wrong.push('it is out of sight');
    const inner = { x: Math.max(1, Math.min(innerWidth - 1, box.left + Math.min(box.width / 2, 20))), y: Math.max(1, Math.min(innerHeight - 1, box.top + Math.min(box.height / 2, 10))) };
    const above = document.elementFromPoint(inner.x, inner.y);
    if (wrong.length === 0 && above && !e.contains(above) && !above.contains(e)) wrong.push('it is covered by ' + name(above));
    return { place: e.place ?? -2, name: name(e), wrong: wrong.join(', ') };
  };
  document.documentElement.style.scrollBehavior = 'auto';
})()
