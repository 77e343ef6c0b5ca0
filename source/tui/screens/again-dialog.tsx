import path from 'node:path';
import {plainText} from '../../logs/styled-text.ts';
import {Dialog} from '../components/dialog.tsx';
import {useBrowser} from './context.ts';

type AgainDialogProps = {readonly directories: readonly string[]; readonly width: number; readonly height: number; readonly onCancel: () => void};

/** Asks how much of some suites is to be run again. */
export function AgainDialog({directories, ...size}: AgainDialogProps) {
	const {onEnd} = useBrowser();
	return (
		<Dialog
			question={directories.length === 1 ? 'Run this suite?' : `Run these ${directories.length} suites, one after another?`}
			notes={directories.map(directory => plainText(path.basename(directory)))}
			{...size}
			choices={[
				{
					key: 'm',
					label: 'what is missing or failed',
					take() {
						onEnd({kind: 'resume', directories});
					},
				},
				{
					key: 'a',
					label: 'all of it again, in a new directory',
					take() {
						onEnd({kind: 'again', directories});
					},
				},
			]}
		/>
	);
}
