// The console gives `/setup#secret`; places of the page are in the fragment, so it is moved there.
if (window.location.pathname === '/setup') {
  const token = encodeURIComponent(window.location.hash.slice(1));
  window.history.replaceState(null, '', `/#/setup?token=${token}`);
}
