/** Monaco's interface without its languages: what they and the services are registered with. */
export * as monaco from 'monaco-editor/editor/editor.api';
