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
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Webhooks;

namespace WorkflowStudio.Tests.Compliance;

// The suites over SQLite: one line each.
public sealed class SqliteEngineTests() : EngineTests(TestStore.Sqlite);

public sealed class SqliteSessionNodeTests() : SessionNodeTests(TestStore.Sqlite);

public sealed class SqliteFlowTests() : FlowTests(TestStore.Sqlite);

public sealed class SqliteEngineRaceTests() : EngineRaceTests(TestStore.Sqlite);

public sealed class SqliteRunRequestTests() : RunRequestTests(TestStore.Sqlite);

public sealed class SqliteRunLimitTests() : RunLimitTests(TestStore.Sqlite);

public sealed class SqlitePracticeSetupTests() : PracticeSetupTests(TestStore.Sqlite);

public sealed class SqliteRunListQueriesTests() : RunListQueriesTests(TestStore.Sqlite);

public sealed class SqliteRunDaysTests() : RunDaysTests(TestStore.Sqlite);

public sealed class SqliteWatchRunTests() : WatchRunTests(TestStore.Sqlite);

public sealed class SqlitePipelineRunTests() : PipelineRunTests(TestStore.Sqlite);

public sealed class SqliteCalendarStoreTests() : CalendarStoreTests(TestStore.Sqlite);

public sealed class SqliteAppointmentTableTests() : AppointmentTableTests(TestStore.Sqlite);

public sealed class SqliteCalendarTablesTests() : CalendarTablesTests(TestStore.Sqlite);

public sealed class SqliteContactStoreTests() : ContactStoreTests(TestStore.Sqlite);

public sealed class SqlitePracticeTableTests() : PracticeTableTests(TestStore.Sqlite);

public sealed class SqliteInvoiceLedgerTests() : InvoiceLedgerTests(TestStore.Sqlite);

public sealed class SqliteInvoiceDeskTests() : InvoiceDeskTests(TestStore.Sqlite);

public sealed class SqliteInvoiceRemindersTests() : InvoiceRemindersTests(TestStore.Sqlite);

public sealed class SqliteMoneyFiguresTests() : MoneyFiguresTests(TestStore.Sqlite);

public sealed class SqliteFormRunsTests() : FormRunsTests(TestStore.Sqlite);

public sealed class SqliteFormInboxTests() : FormInboxTests(TestStore.Sqlite);

public sealed class SqliteOutboxMessengerTests() : OutboxMessengerTests(TestStore.Sqlite);

public sealed class SqliteMailboxFollowTests() : MailboxFollowTests(TestStore.Sqlite);

public sealed class SqliteIncomingMailTests() : IncomingMailTests(TestStore.Sqlite);

public sealed class SqliteDemoWorkspaceTests() : DemoWorkspaceTests(TestStore.Sqlite);

public sealed class SqliteDemoLifeTests() : DemoLifeTests(TestStore.Sqlite);

public sealed class SqliteRunPackingTests() : RunPackingTests(TestStore.Sqlite);

public sealed class SqliteRunRetentionTests() : RunRetentionTests(TestStore.Sqlite);

public sealed class SqliteDocumentRetentionTests() : DocumentRetentionTests(TestStore.Sqlite);

public sealed class SqliteNodeLimitTests() : NodeLimitTests(TestStore.Sqlite);

public sealed class SqliteNodeRaceTests() : NodeRaceTests(TestStore.Sqlite);

public sealed class SqliteNodeShardTests() : NodeShardTests(TestStore.Sqlite);

public sealed class SqliteScheduleRaceTests() : ScheduleRaceTests(TestStore.Sqlite);

public sealed class SqliteChildRunTests() : ChildRunTests(TestStore.Sqlite);

public sealed class SqliteDuePollTests() : DuePollTests(TestStore.Sqlite);

public sealed class SqliteRunControlTests() : RunControlTests(TestStore.Sqlite);

public sealed class SqliteRunSetAsideTests() : RunSetAsideTests(TestStore.Sqlite);

public sealed class SqliteRunSuspectTests() : RunSuspectTests(TestStore.Sqlite);

public sealed class SqlitePlatformEventsTests() : PlatformEventsTests(TestStore.Sqlite);

public sealed class SqliteRunEndEventsTests() : RunEndEventsTests(TestStore.Sqlite);

public sealed class SqliteRunOperationTests() : RunOperationTests(TestStore.Sqlite);

public sealed class SqliteTestDraftTests() : TestDraftTests(TestStore.Sqlite);

public sealed class SqliteWorkflowWritesTests() : WorkflowWritesTests(TestStore.Sqlite);

public sealed class SqliteIterationViewsTests() : IterationViewsTests(TestStore.Sqlite);

public sealed class SqliteFlowRunTests() : FlowRunTests(TestStore.Sqlite);

public sealed class SqliteStepTurnTests() : StepTurnTests(TestStore.Sqlite);

public sealed class SqliteWebhookDeliveryTests() : WebhookDeliveryTests(TestStore.Sqlite);
