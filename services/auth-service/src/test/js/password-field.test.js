// What the page says of a password that is being typed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advice, worth } from './auth/password-field.js';

test('counts characters as the server does, and says how many are missing', () => {
  assert.equal(advice(''), '');
  assert.equal(advice('violet'), '6 more characters are needed.');
  assert.equal(advice('😀'.repeat(11)), 'One more character is needed.');
});

test('rows and repetitions count as little as they are worth', () => {
  for (const easy of ['aaaaaaaaaaaaaaaa', 'abcdefghijklmnop', '123456789012345678', 'abababababababababab']) {
    assert.match(advice(easy), /^Easy to guess/, easy);
  }
  assert.equal(worth('abcdefgh'), 1);
  assert.equal(worth('aaaabbbb'), 1);
});

test('says no more than it knows', () => {
  assert.match(advice('violet orbit'), /^Long enough, if it is not a well-known phrase/);
  assert.match(advice('violet orbit lamp seven'), /^Hard to guess, if the words are random/);
});
