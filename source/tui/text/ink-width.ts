/** What Ink imports as `string-width` in the build (package.json). */
export {fastWidth as default} from './fast-width.ts';
