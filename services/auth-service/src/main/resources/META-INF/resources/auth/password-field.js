// Fields for passwords: what is typed can be shown, and a new one has a meter of how hard it is to guess.

const SHORTEST = 12; // as GET /api/auth/password-policy says

/** Characters that are left if each repetition and each row of the alphabet counts as one: what somebody who guesses has to find. */
export function worth(password) {
  const text = [...password.normalize('NFKC').toLowerCase()];
  const step = (i) => text[i].codePointAt(0) - text[i - 1].codePointAt(0);
  const own = text.filter((_, i) => i === 0 || Math.abs(step(i)) > 1).length;
  return Math.min(own, 2 * new Set(text).size);
}

/** Words for a password that is being typed; what many people have only the server knows, which looks when it gets it. */
export function advice(password) {
  const length = [...password.normalize('NFKC')].length;
  if (length === 0) return '';
  if (length === SHORTEST - 1) return 'One more character is needed.';
  if (length < SHORTEST) return `${SHORTEST - length} more characters are needed.`;
  if (worth(password) < SHORTEST) return 'Easy to guess: it repeats itself, or is a row.';
  return worth(password) < 20 ? 'Long enough, if it is not a well-known phrase. Another random word makes it much harder to guess.' : 'Hard to guess, if the words are random.';
}

function showable(field) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'secondary', textContent: 'Show' });
  const name = document.querySelector(`label[for="${field.id}"]`)?.textContent ?? 'the password';
  const set = (shown) => {
    field.type = shown ? 'text' : 'password';
    button.textContent = shown ? 'Hide' : 'Show';
    button.setAttribute('aria-label', `${button.textContent}: ${name}`);
    button.setAttribute('aria-pressed', String(shown));
  };
  button.addEventListener('click', () => set(field.type === 'password'));
  // Hidden before it is sent: browsers remember what was typed into other fields.
  field.form?.addEventListener('submit', () => set(false));
  const line = Object.assign(document.createElement('div'), { className: 'password' });
  field.replaceWith(line);
  line.append(field, button);
  set(false);
  return line;
}

function measured(field, line) {
  const meter = Object.assign(document.createElement('meter'), { min: 0, max: 24, low: SHORTEST, high: 20, optimum: 24, hidden: true });
  const words = Object.assign(document.createElement('p'), { className: 'hint' });
  meter.setAttribute('aria-hidden', 'true');
  words.setAttribute('aria-live', 'polite');
  line.after(meter, words);
  const show = () => {
    meter.hidden = !field.value;
    meter.value = worth(field.value);
    words.textContent = advice(field.value);
  };
  field.addEventListener('input', show);
  field.form?.addEventListener('reset', () => setTimeout(show));
}

// What is kept in an entry of the vault has a box of its own to show it.
if (globalThis.document) {
  document.querySelectorAll('input[type=password]:not(#entry-secret)').forEach((field) => {
    const line = showable(field);
    if (field.autocomplete === 'new-password' && field.name !== 'again') measured(field, line);
  });
}
