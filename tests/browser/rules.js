// What breaks a rule of axe on a page: ([left_out, options, known]) => {violations, legible}
//
// Nearly all of axe's time went into color-contrast: for each text it looks for whatever lies beneath. Its answer
// depends on the look of the text alone: its colour, size and weight, and how it and all around it are painted. Once
// axe found a look legible, on this page or an earlier one, it is not asked again about a text of the same look that
// lies within whatever is painted around it and meets nothing else that is painted. Anything else it is asked about.
async ([left_out, options, known]) => {
  const CLEAR = 'rgba(0, 0, 0, 0) none 1 none normal';
  const TEXT = 'input, select, textarea';
  const legible = new Set(known), paintings = new Map(), painted = [], texts = [];

  const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const meet = (one, other) => one.left < other.right - 1 && one.right > other.left + 1
    && one.top < other.bottom - 1 && one.bottom > other.top + 1;
  const says = one => one.matches(TEXT) || [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim());

  for (const one of document.querySelectorAll('*')) { // those around an element come before it
    const style = getComputedStyle(one), around = paintings.get(one.parentElement) ?? [];
    const paint = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode];
    const own = paint.join(' ') === CLEAR ? null : {one, paint: paint.join(' '), box: one.getBoundingClientRect()};
    paintings.set(one, own ? [...around, own] : around);
    if (!one.checkVisibility({visibilityProperty: true})) continue;
    if (own && one.parentElement) painted.push(own);
    if (!says(one) || left_out.some(part => one.closest(part))) continue;
    const ink = [style.color, style.webkitTextFillColor, style.webkitTextStroke, style.textShadow];
    texts.push({one, box: one.getBoundingClientRect(), ink: [...ink, style.fontSize, style.fontWeight].join(' ')});
  }

  for (const text of texts) {
    const around = paintings.get(text.one);
    const loose = around.some(({one, box}) => one.parentElement && one !== document.body && !within(text.box, box))
      || painted.some(({one, box}) => meet(text.box, box) && !one.contains(text.one) && !text.one.contains(one));
    text.look = loose ? null : [text.ink, ...around.map(({paint}) => paint)].join('; ');
  }

  // The rules are asked for all at once: to lay the page out in its mind costs axe more than most of them.
  const ask = async (asked, options) => {
    const reporter = (results, told, done) => {
      const clear = results.find(rule => rule.id === 'color-contrast')?.passes
        .filter(({any}) => any.some(check => check.data?.contrastRatio)).map(({node}) => node.element) ?? [];
      asked.filter(({look, one}) => look && clear.includes(one)).forEach(({look}) => legible.add(look));
      axe.getReporter('v1')(results, told, done);
    };
    asked.forEach(({one}) => one.setAttribute('data-asked', ''));
    const {violations} = await axe.run({exclude: left_out}, {...options, reporter});
    asked.forEach(({one}) => one.removeAttribute('data-asked'));
    return violations;
  };

  axe.configure({rules: [{id: 'color-contrast', selector: '[data-asked]'}]});
  const open = texts.filter(({look}) => !legible.has(look));
  const firsts = [...new Map(open.map(text => [text.look ?? text.one, text])).values()];
  const violations = await ask(firsts, options);
  const others = open.filter(text => !legible.has(text.look) && !firsts.includes(text));
  if (others.length) violations.push(...await ask(others, {...options, runOnly: ['color-contrast']}));
  return {violations, legible: [...legible]};
}
