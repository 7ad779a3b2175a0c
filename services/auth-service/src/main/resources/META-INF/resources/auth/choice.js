// The choice between an ordinary password and one that the server never sees, and what is sent for it.
import { mustBeSame } from './session.js';
import { newParameters } from './srp.js';

/** Shows what the choice means as soon as it is made. */
export function explainChoice(form) {
  const box = form.elements.zero;
  const show = () => {
    form.querySelectorAll('[data-zero]').forEach((part) => { part.hidden = !box.checked; });
    form.querySelectorAll('[data-ordinary]').forEach((part) => { part.hidden = box.checked; });
  };
  box.addEventListener('change', show);
  show(); // a browser keeps the tick when the page is loaded again
}

/** `password`, or `srp` in the place of it. */
export async function chosenSecret({ password, again, zero }) {
  mustBeSame(password, again);
  return zero ? { srp: await newParameters(password) } : { password };
}

/** Ends a form: what it was for is done. */
export function finished(form, place, text) {
  form.reset();
  form.hidden = true;
  place.textContent = text;
  place.hidden = false;
  place.focus();
}
