import "./columnDetail";
import "./correlationPanel";
import "./notesPanel";
import "./segmentPanel";
import "./timePanel";
