/** The part of svgcanvas that we use; the package brings no types. */
declare module "svgcanvas" {
  interface SvgContext extends CanvasRenderingContext2D {
    getSerializedSvg(fixNamedEntities?: boolean): string;
  }
  /** Looks like a canvas and draws shapes into an SVG. */
  export class Element {
    constructor(options: { readonly width: number; readonly height: number });
    width: number;
    height: number;
    getContext(type: "2d"): SvgContext;
  }
}
