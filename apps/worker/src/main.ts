import 'reflect-metadata';
import { hello } from '#database';
console.log(hello());
