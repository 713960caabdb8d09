'use strict';

const left = (frame) => Number(frame.dataset.left);
const width = (frame) => Number(frame.dataset.width);
const right = (frame) => left(frame) + width(frame);
const name = (frame) => frame.querySelector('title').textContent.replace(/: [^:]*$/, '');
const shown = document.querySelectorAll('.graph');

// Gives the whole width to one frame: what lies beside it goes, what lies above it is cut to that width.
function widen(frames, chosen) {
  const scale = 100 / width(chosen);
  for (const frame of frames) {
    const from = Math.max(0, (left(frame) - left(chosen)) * scale);
    const to = Math.min(100, (right(frame) - left(chosen)) * scale);
    frame.style.display = to - from > 0.01 ? '' : 'none';
    frame.setAttribute('x', from + '%');
    frame.setAttribute('width', Math.max(0, to - from) + '%');
  }
}

// Marks the frames whose names hold the text, and says how much of the whole lies in or below any of them.
function search(graph, text) {
  let share = 0;
  let reached = 0;
  const found = [...graph.querySelectorAll('.frame')].filter((frame) => {
    const matches = text !== '' && name(frame).toLowerCase().includes(text);
    frame.classList.toggle('found', matches);
    return matches;
  });
  for (const frame of found.sort((one, other) => left(one) - left(other))) {
    share += Math.max(0, right(frame) - Math.max(reached, left(frame)));
    reached = Math.max(reached, right(frame));
  }
  graph.previousElementSibling.querySelector('output').textContent = text === '' ? '' : share.toFixed(2) + ' %';
}

for (const graph of shown) {
  const frames = graph.querySelectorAll('.frame');
  for (const frame of frames) {
    frame.addEventListener('click', () => widen(frames, frame));
  }
}
document.querySelector('input').addEventListener('input', (event) => {
  shown.forEach((graph) => search(graph, event.target.value.trim().toLowerCase()));
});
