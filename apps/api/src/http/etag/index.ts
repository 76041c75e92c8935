export { IfMatch } from './if-match.decorator.js';
export { setETag } from './set-etag.js';
export { Versioned } from './versioned.decorator.js';
