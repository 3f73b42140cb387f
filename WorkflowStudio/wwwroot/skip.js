// Links that skip to a part of the page: the base of all addresses is the root, so a link to #main alone would lead Home.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a.ws-skip') : null;
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector(link.dataset.skip ?? link.getAttribute('href'))?.focus();
}, true);
