import { Alert, List } from '@mantine/core';
import type { Version } from '@paddock/client';
import { visibleText } from './visibleText.js';

/** What came to be known of a version since it was verified; nothing where that is nothing. */
export const FlagNotice = ({ advisories, laterFindings }: Pick<Version, 'advisories' | 'laterFindings'>) =>
  advisories.length + laterFindings.length === 0 ? null : (
    <Alert color="orange" title="Known of it by now">
      <List size="sm">
        {advisories.map(({ id, severity, summary }) => (
          <List.Item key={id}>
            {id} ({severity}): {visibleText(summary)}
          </List.Item>
        ))}
        {laterFindings.map(({ rule, severity, message, file }) => (
          <List.Item key={rule + severity}>
            {message} ({rule}, {severity}
            {file === null ? '' : `, ${visibleText(file)}`})
          </List.Item>
        ))}
      </List>
    </Alert>
  );
