{{- define "posthorn.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "posthorn.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "posthorn.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "posthorn.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "posthorn.selectorLabels" -}}
app.kubernetes.io/name: {{ include "posthorn.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "posthorn.labels" -}}
{{ include "posthorn.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "posthorn.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "posthorn.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "posthorn.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- /* The deployments by name, whatever the topology: a dictionary of role to its values. */ -}}
{{- define "posthorn.deployments" -}}
{{- if eq .Values.topology "combined" -}}
{{- dict "all" .Values.combined | toJson -}}
{{- else -}}
{{- $roles := deepCopy .Values.roles -}}
{{- if not .Values.smtp.enabled -}}{{- $roles = omit $roles "smtp" -}}{{- end -}}
{{- $roles | toJson -}}
{{- end -}}
{{- end -}}

{{- define "posthorn.databaseHost" -}}
{{- if .Values.evaluationDatabase.enabled -}}
{{ include "posthorn.fullname" . }}-database
{{- else -}}
{{ required "database.host is required: the PostgreSQL to use (or evaluationDatabase.enabled=true to try Posthorn)" .Values.database.host }}
{{- end -}}
{{- end -}}

{{- define "posthorn.applicationSecret" -}}
{{ required "database.applicationSecret is required: a secret with username and password of the application's role" .Values.database.applicationSecret }}
{{- end -}}

{{- define "posthorn.ownerSecret" -}}
{{ required "database.ownerSecret is required: a secret with username and password of the role that owns the tables" .Values.database.ownerSecret }}
{{- end -}}

{{- define "posthorn.jdbcUrl" -}}
jdbc:postgresql://{{ include "posthorn.databaseHost" . }}:{{ .Values.database.port }}/{{ .Values.database.name }}{{ with .Values.database.parameters }}?{{ . }}{{ end }}
{{- end -}}

{{- /* Past the pooler. */ -}}
{{- define "posthorn.directUrl" -}}
jdbc:postgresql://{{ .Values.database.direct.host }}:{{ .Values.database.direct.port }}/{{ .Values.database.name }}{{ with .Values.database.parameters }}?{{ . }}{{ end }}
{{- end -}}

{{- define "posthorn.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "posthorn.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "posthorn.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{- /* Helm reads a number as a floating-point one, and writes it with an exponent from a million on. */ -}}
{{- define "posthorn.setting" -}}
{{- $whole := and (kindIs "float64" .value) (eq (floor .value) .value) -}}
- name: {{ .name | quote }}
  value: {{ $whole | ternary (int64 .value) .value | toString | quote }}
{{- end -}}

{{- /* What a process can be told to leave to others, and the role whose pods do it: a dictionary of settings to roles. */ -}}
{{- define "posthorn.switches" -}}
{{- dict
  "posthorn.smtp.enabled" "smtp"
  "posthorn.pull.enabled" "pull"
  "posthorn.triage.enabled" "triage"
  "posthorn.sla.enabled" "triage"
  "posthorn.desk.enabled" "triage"
  "posthorn.search.enabled" "triage"
  "posthorn.privacy.enabled" "triage"
  "posthorn.archive.enabled" "triage"
  "posthorn.figures.enabled" "triage"
  "posthorn.blob.s3.enabled" "triage"
  "posthorn.outbox.enabled" "send"
  "posthorn.webhook.enabled" "send"
  "posthorn.text.enabled" "send"
  "posthorn.notice.enabled" "send" | toJson -}}
{{- end -}}

{{- /* Whether a job migrates. The evaluation database comes with the installation: no job can run before it. */ -}}
{{- define "posthorn.migrationJob" -}}
{{- if and .Values.migrations.job (not .Values.evaluationDatabase.enabled) -}}yes{{- end -}}
{{- end -}}

{{- /* What every pod and the migration need to know. Settings are environment variables by their own names: MicroProfile
Config looks for the exact name first. */ -}}
{{- define "posthorn.env" -}}
{{- $secret := required "secretName is required: a secret with the keys reply-keys, secret-keys and operator-key" .Values.secretName -}}
{{ include "posthorn.setting" (dict "name" "quarkus.datasource.jdbc.url" "value" (include "posthorn.jdbcUrl" .)) }}
{{ include "posthorn.setting" (dict "name" "quarkus.datasource.jdbc.max-size" "value" .Values.database.connectionsPerPod) }}
{{ include "posthorn.fromSecret" (dict "name" "quarkus.datasource.username" "secret" (include "posthorn.applicationSecret" .) "key" "username") }}
{{ include "posthorn.fromSecret" (dict "name" "quarkus.datasource.password" "secret" (include "posthorn.applicationSecret" .) "key" "password") }}
{{ include "posthorn.setting" (dict "name" "quarkus.mailer.host" "value" (required "relay.host is required: the mail server to send by" .Values.relay.host)) }}
{{ include "posthorn.setting" (dict "name" "quarkus.mailer.port" "value" .Values.relay.port) }}
{{ include "posthorn.setting" (dict "name" "quarkus.mailer.start-tls" "value" .Values.relay.startTls) }}
{{ include "posthorn.setting" (dict "name" "quarkus.mailer.tls" "value" .Values.relay.tls) }}
{{- with .Values.relay.secretName }}
{{ include "posthorn.fromSecret" (dict "name" "quarkus.mailer.username" "secret" . "key" "username") }}
{{ include "posthorn.fromSecret" (dict "name" "quarkus.mailer.password" "secret" . "key" "password") }}
{{- end }}
{{- with .Values.database.direct.host }}
{{ include "posthorn.setting" (dict "name" "quarkus.datasource.jdbc.additional-jdbc-properties.prepareThreshold" "value" 0) }}
{{ include "posthorn.setting" (dict "name" "quarkus.flyway.jdbc-url" "value" (include "posthorn.directUrl" $)) }}
{{- end }}
{{- with .Values.blobs.bucket }}
{{ include "posthorn.setting" (dict "name" "posthorn.blob.s3.bucket" "value" .) }}
{{ include "posthorn.setting" (dict "name" "posthorn.blob.s3.region" "value" $.Values.blobs.region) }}
{{ include "posthorn.setting" (dict "name" "posthorn.blob.s3.path-style" "value" $.Values.blobs.pathStyle) }}
{{- with $.Values.blobs.endpoint }}
{{ include "posthorn.setting" (dict "name" "posthorn.blob.s3.endpoint" "value" .) }}
{{- end }}
{{- with $.Values.blobs.secretName }}
{{ include "posthorn.fromSecret" (dict "name" "posthorn.blob.s3.access-key" "secret" . "key" "access-key") }}
{{ include "posthorn.fromSecret" (dict "name" "posthorn.blob.s3.secret-key" "secret" . "key" "secret-key") }}
{{- end }}
{{- end }}
{{ include "posthorn.setting" (dict "name" "posthorn.mail.domain" "value" (required "mail.domain is required: the domain of the forwarding addresses" .Values.mail.domain)) }}
{{- with .Values.smtp.hostname }}
{{ include "posthorn.setting" (dict "name" "posthorn.smtp.hostname" "value" .) }}
{{- end }}
{{- if .Values.smtp.tlsSecretName }}
{{ include "posthorn.setting" (dict "name" "posthorn.smtp.tls.certificate" "value" "/etc/posthorn/tls/tls.crt") }}
{{ include "posthorn.setting" (dict "name" "posthorn.smtp.tls.key" "value" "/etc/posthorn/tls/tls.key") }}
{{- end }}
{{- if .Values.smtp.proxyProtocol.enabled }}
{{ include "posthorn.setting" (dict "name" "posthorn.smtp.proxy-protocol" "value" true) }}
{{ include "posthorn.setting" (dict "name" "posthorn.smtp.trusted-proxies" "value" (join "," .Values.smtp.proxyProtocol.trustedProxies)) }}
{{- end }}
{{- if .Values.ingress.enabled }}
{{ include "posthorn.setting" (dict "name" "quarkus.http.proxy.proxy-address-forwarding" "value" true) }}
{{ include "posthorn.setting" (dict "name" "quarkus.http.proxy.trusted-proxies" "value" (join "," .Values.ingress.trustedProxies)) }}
{{- if not (hasKey .Values.settings "posthorn.web.public-url") }}
{{ include "posthorn.setting" (dict "name" "posthorn.web.public-url" "value" (printf "https://%s" .Values.ingress.host)) }}
{{- end }}
{{- if not (hasKey .Values.settings "posthorn.oauth.callback-url") }}
{{ include "posthorn.setting" (dict "name" "posthorn.oauth.callback-url" "value" (printf "https://%s/oauth/callback" .Values.ingress.host)) }}
{{- end }}
{{- end }}
{{ include "posthorn.fromSecret" (dict "name" "posthorn.ticket.reply-keys" "secret" $secret "key" "reply-keys") }}
{{ include "posthorn.fromSecret" (dict "name" "posthorn.secret.keys" "secret" $secret "key" "secret-keys") }}
{{ include "posthorn.fromSecret" (dict "name" "posthorn.operator.key" "secret" $secret "key" "operator-key") }}
{{- $switches := include "posthorn.switches" . | fromJson }}
{{- range $name, $value := .Values.settings }}
{{- if not (hasKey $switches $name) }}
{{ include "posthorn.setting" (dict "name" $name "value" $value) }}
{{- end }}
{{- end }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* The owner's login: for whoever migrates, and for nobody else. */ -}}
{{- define "posthorn.ownerEnv" -}}
{{ include "posthorn.fromSecret" (dict "name" "quarkus.flyway.username" "secret" (include "posthorn.ownerSecret" .) "key" "username") }}
{{ include "posthorn.fromSecret" (dict "name" "quarkus.flyway.password" "secret" (include "posthorn.ownerSecret" .) "key" "password") }}
{{- end -}}
