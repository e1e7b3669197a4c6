// The form has the token now: it stays neither in the address nor in the browser's history.
history.replaceState(history.state, '', location.pathname);
