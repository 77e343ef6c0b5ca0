import reactHooks from 'eslint-plugin-react-hooks';
import {type FlatXoConfig} from 'xo';

// Who may import whom (source/README.md). A folder that is not listed may import everything.
const layers: Record<string, readonly string[]> = {
	core: [],
	logs: ['core'],
	host: ['core'],
	directory: ['core'],
	recorder: ['core'],
	metrics: ['core'],
	control: ['core'],
	results: ['core', 'directory', 'recorder', 'metrics', 'logs'],
	runner: ['core', 'directory', 'recorder'],
	store: ['core'],
	printer: ['core'],
	tui: ['core', 'store', 'results', 'logs'],
};
const folders = [...Object.keys(layers), 'commands'];

// Libraries that belong to some folders alone.
const libraries: Record<string, readonly string[]> = {
	ssh2: ['host'],
	'csv-parse': ['recorder', 'directory', 'results'],
	ink: ['tui'],
	react: ['tui'],
	asciichart: ['tui', 'commands'],
	meow: ['commands'],
};

const layerRules: FlatXoConfig = Object.entries(layers).map(([folder, allowed]) => ({
	files: [`source/${folder}/**`],
	rules: {
		'no-restricted-imports': ['error', {
			patterns: [
				{
					regex: String.raw`^\.\./(?:\.\./)*(?:${folders.filter(other => other !== folder && !allowed.includes(other)).join('|')})/|^\.\./(?:cli|index)\.ts$`,
					message: `${folder} may import ${['itself', ...allowed].join(', ')} (source/README.md).`,
				},
				...(folder === 'core' ? [{regex: '^node:', message: 'core is pure.'}] : []),
				{
					regex: `^(?:${Object.entries(libraries).filter(([, homes]) => !homes.includes(folder)).map(([name]) => name).join('|')}|node_modules)(?:/|$)`,
					message: 'This library belongs to another folder (source/README.md).',
				},
			],
		}],
	},
}));

const config: FlatXoConfig = [
	{
		ignores: ['build/**', 'runs/**', 'test/fixtures/**', 'test/golden/**'],
	},
	{
		rules: {
			// Inputs, outputs and flags are wire data and keep the names that they have on disk.
			'@typescript-eslint/naming-convention': 'off',
			camelcase: 'off',
			// The harness is sequential where it must be: a benchmark at a time, a phase at a time.
			'no-await-in-loop': 'off',
			// A step after the other is what tests are.
			'max-lines': 'off',
			'max-params': ['error', {max: 5}],
			complexity: 'off',
			'import-x/extensions': 'off',
			'n/file-extension-in-import': 'off',
			'unicorn/prevent-abbreviations': 'off',
			'unicorn/no-null': 'off',
			// A docblock names a parameter where there is something to say of it.
			'jsdoc/require-param': 'off',
			'jsdoc/require-param-description': 'off',
			'jsdoc/check-param-names': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			// Descriptions destructure `input` in files whose schema is called so.
			'@typescript-eslint/no-shadow': ['error', {allow: ['input']}],
			'@typescript-eslint/strict-boolean-expressions': 'off',
			'require-unicode-regexp': 'off',
			'regexp/prefer-named-capture-group': 'off',
			'unicorn/no-array-callback-reference': 'off',
			'unicorn/no-array-reduce': 'off',
			'unicorn/no-computed-property-existence-check': 'off',
			'unicorn/no-useless-recursion': 'off',
			'unicorn/max-nested-calls': 'off',
			'unicorn/prefer-iterator-to-array': 'off',
			'unicorn/prefer-simple-condition-first': 'off',
			'unicorn/consistent-boolean-name': 'off',
			'unicorn/no-break-in-nested-loop': 'off',
			'unicorn/no-declarations-before-early-exit': 'off',
			'n/prefer-global/process': 'off',
			'n/prefer-global/buffer': 'off',
			// JSON has null.
			'@typescript-eslint/no-restricted-types': 'off',
			'unicorn/no-await-expression-member': 'off',
			'unicorn/consistent-class-member-order': 'off',
			'unicorn/prefer-early-return': 'off',
			'regexp/no-super-linear-move': 'off',
			'@stylistic/no-mixed-operators': 'off',
			'@typescript-eslint/strict-void-return': 'off',
			'unicorn/prefer-includes-over-repeated-comparisons': 'off',
			'unicorn/prefer-minimal-ternary': 'off',
			'n/prefer-process-get-builtin-module': 'off',
			'unicorn/single-line-block-comment-style': 'off',
			'@stylistic/object-curly-newline': 'off',
			'capitalized-comments': 'off',
			// A stripped type needs no flag, and the whole package runs on Node 22.18 or newer.
			'n/no-unsupported-features/node-builtins': 'off',
		},
	},
	{
		files: ['package.json'],
		rules: {
			'package-json/prefer-side-effects-field': 'off',
			'package-json/prefer-files-field': 'off',
			// It is for who develops benchdeck: a clone's lint.
			'package-json/no-overrides-in-published-package': 'off',
		},
	},
	{
		files: ['test/**'],
		rules: {
			// Assertions are node:assert's, in helpers and loops over cases too; what a machine lacks is skipped by name.
			'node-test/prefer-test-context-assert': 'off',
			'node-test/consistent-test-context-name': 'off',
			'node-test/no-conditional-assertion': 'off',
			'node-test/no-conditional-tests': 'off',
			'node-test/require-assertion': 'off',
			'node-test/no-skip-test': 'off',
			'node-test/no-import-test-files': 'off',
			'unicorn/no-incorrect-template-string-interpolation': 'off',
			'unicorn/no-process-exit': 'off',
			'@typescript-eslint/no-floating-promises': ['error', {allowForKnownSafeCalls: [{from: 'package', name: ['test', 'describe', 'it', 'suite'], package: 'node:test'}]}],
		},
	},
	{
		files: ['suites/*/*.ts'],
		rules: {

			// A suite's file has the suite's name, and that is one of the reference's.
			'unicorn/filename-case': ['error', {cases: {kebabCase: true, snakeCase: true}}],
			'no-restricted-imports': ['error', {patterns: [{regex: String.raw`^\.\./\.\./source/(?!index\.ts$)`, message: 'A suite imports source/index.ts and other suites only.'}]}],
		},
	},
	{
		files: ['suites/*/engine/**'],
		rules: {
			// Programs of their own, on Node's buffers.
			'unicorn/no-process-exit': 'off',
			'@typescript-eslint/no-restricted-types': 'off',
			'no-new': 'off',
			'no-restricted-imports': ['error', {patterns: [{regex: '/source/', message: 'The engine stands alone: node:* and prom-client.'}]}],
		},
	},
	{
		files: ['source/tui/**'],
		plugins: {'react-hooks': {rules: reactHooks.rules}},
		rules: {
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
		},
	},
	...layerRules,
];

export default config;
