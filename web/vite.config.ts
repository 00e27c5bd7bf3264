import vue from '@vitejs/plugin-vue';
import {defineConfig} from 'vite';

export default defineConfig({
  plugins: [vue()],
  build: {
    target: 'es2020',
    assetsInlineLimit: 0, // nothing the content security policy would have to allow as data:
    chunkSizeWarningLimit: 1200,
  },
  server: {proxy: {'/api': 'http://127.0.0.1:8080'}},
});
