import {type ResultSet} from '../../../results/result-set.ts';
import {Dialog} from '../../components/dialog.tsx';
import {useBrowser} from '../context.ts';

type AgainDialogProps = {readonly set: ResultSet; readonly width: number; readonly height: number; readonly onCancel: () => void};

/** Asks how much of a suite is to be run again. */
export function AgainDialog({set: {name, path}, ...size}: AgainDialogProps) {
	const {onEnd} = useBrowser();
	const directories = [path];
	return (
		<Dialog
			question='Run this suite?'
			notes={[name]}
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
