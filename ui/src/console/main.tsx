import { render } from 'preact';

render(<main id="console" />, document.getElementById('app')!);
