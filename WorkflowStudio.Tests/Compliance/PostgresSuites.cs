using WorkflowStudio.Tests.Events;
using WorkflowStudio.Tests.Feed;
using WorkflowStudio.Tests.Hosting.Demo;
using WorkflowStudio.Tests.Identity;
using WorkflowStudio.Tests.Nodes.Flow;
using WorkflowStudio.Tests.Nodes.Practice;
using WorkflowStudio.Tests.Operations.Runs;
using WorkflowStudio.Tests.Practice;
using WorkflowStudio.Tests.Practice.Calendar;
using WorkflowStudio.Tests.Practice.Contacts;
using WorkflowStudio.Tests.Practice.Tables;
using WorkflowStudio.Tests.Practice.Demo;
using WorkflowStudio.Tests.Practice.Forms;
using WorkflowStudio.Tests.Practice.Invoices;
using WorkflowStudio.Tests.Practice.Messages;
using WorkflowStudio.Tests.Practice.Messages.Mailboxes;
using WorkflowStudio.Tests.Runtime;
using WorkflowStudio.Tests.Scheduling.Schedules;
using WorkflowStudio.Tests.Storage;
using WorkflowStudio.Tests.Storage.Queries;
using WorkflowStudio.Tests.Storage.Retention;
using WorkflowStudio.Tests.Storage.Workflows;
using WorkflowStudio.Tests.Support.Postgres;
using WorkflowStudio.Tests.Webhooks;

namespace WorkflowStudio.Tests.Compliance;

// The suites over PostgreSQL: one line each.
[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresEngineTests(PostgresServer server) : EngineTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFlowTests(PostgresServer server) : FlowTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresEngineRaceTests(PostgresServer server) : EngineRaceTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunRequestTests(PostgresServer server) : RunRequestTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunLimitTests(PostgresServer server) : RunLimitTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresPracticeSetupTests(PostgresServer server) : PracticeSetupTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunListQueriesTests(PostgresServer server) : RunListQueriesTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunDaysTests(PostgresServer server) : RunDaysTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresWatchRunTests(PostgresServer server) : WatchRunTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresPipelineRunTests(PostgresServer server) : PipelineRunTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresCalendarStoreTests(PostgresServer server) : CalendarStoreTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresAppointmentTableTests(PostgresServer server) : AppointmentTableTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresCalendarTablesTests(PostgresServer server) : CalendarTablesTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresContactStoreTests(PostgresServer server) : ContactStoreTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresPracticeTableTests(PostgresServer server) : PracticeTableTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresInvoiceLedgerTests(PostgresServer server) : InvoiceLedgerTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresInvoiceDeskTests(PostgresServer server) : InvoiceDeskTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresInvoiceRemindersTests(PostgresServer server) : InvoiceRemindersTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresMoneyFiguresTests(PostgresServer server) : MoneyFiguresTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFormRunsTests(PostgresServer server) : FormRunsTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFormInboxTests(PostgresServer server) : FormInboxTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresOutboxMessengerTests(PostgresServer server) : OutboxMessengerTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresMailboxFollowTests(PostgresServer server) : MailboxFollowTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresIncomingMailTests(PostgresServer server) : IncomingMailTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDemoWorkspaceTests(PostgresServer server) : DemoWorkspaceTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDemoLifeTests(PostgresServer server) : DemoLifeTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunPackingTests(PostgresServer server) : RunPackingTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunRetentionTests(PostgresServer server) : RunRetentionTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDocumentRetentionTests(PostgresServer server) : DocumentRetentionTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresNodeLimitTests(PostgresServer server) : NodeLimitTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresNodeRaceTests(PostgresServer server) : NodeRaceTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresNodeShardTests(PostgresServer server) : NodeShardTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresScheduleRaceTests(PostgresServer server) : ScheduleRaceTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresChildRunTests(PostgresServer server) : ChildRunTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunControlTests(PostgresServer server) : RunControlTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunSetAsideTests(PostgresServer server) : RunSetAsideTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunSuspectTests(PostgresServer server) : RunSuspectTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresPlatformEventsTests(PostgresServer server) : PlatformEventsTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunEndEventsTests(PostgresServer server) : RunEndEventsTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRunOperationTests(PostgresServer server) : RunOperationTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresTestDraftTests(PostgresServer server) : TestDraftTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresWorkflowWritesTests(PostgresServer server) : WorkflowWritesTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresIterationViewsTests(PostgresServer server) : IterationViewsTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSessionNodeTests(PostgresServer server) : SessionNodeTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFlowRunTests(PostgresServer server) : FlowRunTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresStepTurnTests(PostgresServer server) : StepTurnTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDuePollTests(PostgresServer server) : DuePollTests(server);

[NeedsPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresWebhookDeliveryTests(PostgresServer server) : WebhookDeliveryTests(server);
