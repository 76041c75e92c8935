import { InvalidSettingError } from './errors.js';
import { parseOrigins } from './origins.js';

it('takes origins as browsers send them', () => {
  expect(parseOrigins(' https://app.example, http://localhost:6274 ')).toEqual(['https://app.example', 'http://localhost:6274']);
  expect(parseOrigins('')).toEqual([]);
});

it.each([
  '*',
  'null',
  'app.example',
  'https://app.example/',
  'https://app.example/path',
  'https://APP.example',
  'https://app.example:443',
  'file://host',
  'https://*.example',
])('refuses %s, naming it', (entry) => {
  expect(() => parseOrigins(`https://fine.example,${entry}`)).toThrow(InvalidSettingError);
  expect(() => parseOrigins(`https://fine.example,${entry}`)).toThrow(`"${entry}"`);
});
