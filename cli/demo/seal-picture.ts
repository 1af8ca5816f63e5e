const STAR = Array.from({ length: 10 }, (_, i) => {
  const radius = i % 2 === 0 ? 7 : 2.67
  const angle = (Math.PI * i) / 5 - Math.PI / 2
  return `${(21 + radius * Math.cos(angle)).toFixed(2)},${(21 + radius * Math.sin(angle)).toFixed(2)}`
}).join(' ')

/** A round seal of 42 mm with the star in the middle and the name along its upper arc (国发〔1999〕25号), as SVG. */
export function sealPicture(name: string): Uint8Array {
  const size = Math.min(5, 56 / name.length)
  return Buffer.from(
    [
      '<svg xmlns="http://www.w3.org/2000/svg" width="42mm" height="42mm" viewBox="0 0 42 42" fill="#c8102e">',
      '<circle cx="21" cy="21" r="20" fill="none" stroke="#c8102e" stroke-width="1.2"/>',
      `<polygon points="${STAR}"/>`,
      '<path id="arc" d="M7.6 28.5a15.4 15.4 0 1 1 26.8 0" fill="none"/>',
      `<text font-size="${size.toFixed(2)}" text-anchor="middle"><textPath href="#arc" startOffset="50%">${name}</textPath></text>`,
      '</svg>',
    ].join(''),
  )
}
