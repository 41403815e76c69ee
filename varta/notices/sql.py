"""The database's side of notices: the system alone writes and reads them, whoever caused them."""

ROLE = "(SELECT NULLIF(current_setting('varta.role', true), ''))"

WALLS = f"""
ALTER TABLE notices_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY notices_notice_system ON notices_notice USING ({ROLE} = 'system');
ALTER TABLE notices_chat ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_chat FORCE ROW LEVEL SECURITY;
CREATE POLICY notices_chat_system ON notices_chat USING ({ROLE} = 'system');
ALTER TABLE notices_silence ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices_silence FORCE ROW LEVEL SECURITY;
CREATE POLICY notices_silence_system ON notices_silence USING ({ROLE} = 'system');
REVOKE DELETE, TRUNCATE ON notices_notice, notices_silence FROM varta_app, PUBLIC;
REVOKE TRUNCATE ON notices_chat FROM varta_app, PUBLIC;
"""
