import {BenchError} from '../core/errors.ts';
import {rebind} from '../tui/keys/keymap.ts';
import {configuration} from './configuration.ts';
import {themeFlag} from './run-flags.ts';

/**
What a person configured of screens: keys are bound, and the theme is returned.

@param argv A command's words, of which `--theme` counts more than the configuration.
@throws BenchError `usage` naming the flag.
*/
export function screenSettings(argv: readonly string[]): {readonly theme?: string} {
	const place = argv.findIndex(word => word === '--theme' || word.startsWith('--theme='));
	const [, written] = (argv[place] ?? '').split('=', 2);
	const theme = place === -1 ? configuration().theme : written ?? argv[place + 1];
	if (theme !== undefined && !themeFlag.theme.value.split('|').includes(theme)) {
		throw new BenchError('usage', `--theme takes dark, light, plain or auto, not "${theme}".`);
	}

	rebind(configuration().keys);
	return theme === undefined ? {} : {theme};
}
