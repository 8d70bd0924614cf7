"""Templates, stylesheets and scripts: the NHS design system, without its logo and its font."""
