//! Manifests of SCORM 1.2 and SCORM 2004, fourth edition: one organisation with one item that opens the player.

use super::course::Course;
use crate::html::escape;
use std::fmt::Write as _;

/// The manifest of SCORM 1.2 (Content Aggregation Model 1.2, ADL 2001). It names no mark: a learning system would judge by it
/// whoever leaves in the middle.
pub(super) fn manifest_12(course: &Course, files: &[String]) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{id}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>{title}</title>
      <item identifier="item" identifierref="resource" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource" type="webcontent" adlcp:scormtype="sco" href="launch.html">
{files}    </resource>
  </resources>
</manifest>
"#,
        id = course.id,
        title = escape(&course.title),
        files = list(files),
    )
}

/// The manifest of SCORM 2004, fourth edition (ADL 2009). Completion and success are what the player says.
pub(super) fn manifest_2004(course: &Course, files: &[String]) -> String {
    let measure = course.pass().map_or(String::new(), |pass| {
        format!(
            r"
            <imsss:minNormalizedMeasure>{}.{:02}</imsss:minNormalizedMeasure>",
            pass / 100,
            pass % 100
        )
    });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{id}" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>{title}</title>
      <item identifier="item" identifierref="resource" isvisible="true">
        <title>{title}</title>
        <imsss:sequencing>
          <imsss:objectives>
            <imsss:primaryObjective objectiveID="primary" satisfiedByMeasure="false">{measure}
            </imsss:primaryObjective>
          </imsss:objectives>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource" type="webcontent" adlcp:scormType="sco" href="launch.html">
{files}    </resource>
  </resources>
</manifest>
"#,
        id = course.id,
        title = escape(&course.title),
        files = list(files),
    )
}

fn list(files: &[String]) -> String {
    files.iter().fold(String::new(), |mut out, path| {
        let _ = writeln!(out, "      <file href=\"{}\"/>", escape(&encode(path)));
        out
    })
}

/// A path as an address: blanks and letters beyond ASCII by their bytes.
fn encode(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
