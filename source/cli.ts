#!/usr/bin/env node
/*
argv → command. Nothing is imported before it is needed: `--version` answers in the time that Node takes to start.
*/
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const argv = process.argv.slice(2);

if (major < 22 || (major === 22 && minor < 18)) {
	process.stderr.write(`benchdeck needs Node 22.18 or newer; this is Node ${process.versions.node}.\n`);
	process.exitCode = 2;
} else if (argv[0] === '--version' || argv[0] === '-v' || argv[0] === 'version') {
	const {readFileSync} = await import('node:fs');
	const {packageRoot} = await import('./core/module-file.ts');
	const {version} = JSON.parse(readFileSync(new URL('package.json', packageRoot(import.meta.url)), 'utf8')) as {readonly version: string};
	process.stdout.write(`${version}\n`);
} else {
	const {default: module} = await import('node:module');
	module.enableCompileCache();
	const {main} = await import('./commands/main.ts');
	process.exitCode = await main(argv);
}
