using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Access;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Retention;
using WorkflowStudio.Engine.Storage.Sqlite;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Storage.Queries;

/// <summary>
/// What pages ask is answered from an index, on the tables as they are migrated: a scan is not felt before there are a million rows.
/// </summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private static readonly string[] Large = ["runs", "run_events", "run_blobs", "run_archives", "run_waits", "run_inbox", "run_days",
        "trigger_log", "outbox", "invoices", "appointments", "contacts", "payments", "signals", "idempotency",
        "form_submissions", "form_runs"];
    private static readonly Guid Some = Guid.Parse("019abcde-0000-7000-8000-000000000001");

    private EngineHarness harness = null!;
    private QueryPlans plans = null!;

    public async Task InitializeAsync()
    {
        harness = await EngineHarness.CreateAsync();
        plans = new QueryPlans(harness.Get<StudioDatabase>().ForReading);
    }

    public async Task DisposeAsync() => await harness.DisposeAsync();

    public static TheoryData<string> Filters => [.. RunFilters.Keys];

    private static Dictionary<string, (RunRowFilter Filter, string Index)> RunFilters { get; } = new()
    {
        ["all"] = (new(), "IX_runs_WorkspaceId_Environment_Id"),
        ["status"] = (new([RunStatus.Failed]), "IX_runs_WorkspaceId_Environment_Status_Id"),
        ["open"] = (new([RunStatus.Queued, RunStatus.Running]), "IX_runs_WorkspaceId_Environment_Status_Id"),
        ["workflow"] = (new(WorkflowId: Some), "IX_runs_WorkflowId_Id"),
        ["failed of a workflow"] = (new([RunStatus.Failed], Some), "IX_runs_WorkspaceId_Environment_Status_Id"),
        ["done of a workflow"] = (new([RunStatus.Done], Some), "IX_runs_WorkflowId_Id"),
        ["text"] = (new(Text: "lopez"), "IX_runs_WorkspaceId_Environment_Id"),
        ["cause"] = (new(Cause: "webhook"), "IX_runs_WorkspaceId_Environment_Id"),
        ["since"] = (new([RunStatus.Failed], Since: DateTimeOffset.UnixEpoch), "IX_runs_WorkspaceId_Environment_Status_Id"),
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task ListOfRuns_IsReadFromItsIndex(string name)
    {
        var (filter, index) = RunFilters[name];
        await new RunListQueries(plans).PageAsync(EngineHarness.Tenant, filter, Some, 50, default);
        AssertNoScan();
        Assert.All(plans.Seen, seen => Assert.Contains(seen.Plan, line => line.Contains(index, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ChangedRunsOfAList_AreFoundByTheirIds()
    {
        await new RunListQueries(plans)
            .FindAsync(EngineHarness.Tenant, new([RunStatus.Failed], Some, "webhook", "text"), [Some, Guid.Empty], default);
        AssertNoScan();
        Assert.Contains(plans.Seen[^1].Plan, line => line.Contains("Id=?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Home_IsReadFromIndexes()
    {
        var figures = new RunFigureQueries(plans);
        await new RunDays(plans, figures)
            .CountAsync(EngineHarness.Tenant, [DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(180)], default);
        Assert.Contains(plans.Seen[0].Plan,
            line => line.EndsWith("(WorkspaceId=? AND Environment=? AND Starts>? AND Starts<?)", StringComparison.Ordinal));
        await figures.LengthsAsync(EngineHarness.Tenant, DateTimeOffset.UnixEpoch, default);
        await new RunListQueries(plans).NextAsync(EngineHarness.Tenant, 5, default);
        AssertNoScan();
        Assert.Contains(plans.Seen[^1].Plan, line => line.Contains("IX_runs_WorkspaceId_Environment_WakeAt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(TriggerOutcome.Started)]
    public async Task TriggerLog_IsReadFromItsIndex(TriggerOutcome? only)
    {
        await new TriggerLog(plans).ReadAsync(Some, only, 7, 50, default);
        AssertNoScan();
        Assert.All(plans.Seen, seen => Assert.Contains(seen.Plan,
            line => line.Contains("IX_trigger_log_WorkflowId_Outcome_Id (WorkflowId=? AND Outcome=? AND Id<?)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TriggerLogOfAnEvent_IsReadFromItsIndex(bool seesAll)
    {
        var sight = seesAll ? Sight.Everything : new Sight { OwnerId = Some };
        await new TriggerLog(plans).ReadAsync(new Seen(EngineHarness.Tenant, sight), new(Event: "contact-created"), 7, 50, default);
        AssertNoScan();
        Assert.Contains(plans.Seen[^1].Plan, line => line.Contains(
            "IX_trigger_log_WorkspaceId_Environment_Event_Id (WorkspaceId=? AND Environment=? AND Event=? AND Id<?)",
            StringComparison.Ordinal));
        Assert.DoesNotContain(plans.Seen[^1].Plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CountsOfDays_AreMadeFromIndexes()
    {
        await new RunDayCounting(plans, new RunFigureQueries(plans), harness.Writer, TimeProvider.System).RunOnceAsync(default);
        AssertNoScan();
        Assert.Contains(
            plans.Seen, seen => seen.Plan.Any(line => line.Contains("IX_runs_WorkspaceId_Environment_Id", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WorkflowsWithTheirLatestRuns_AreReadFromIndexes()
    {
        var store = new WorkflowStore(plans);
        await store.ListAsync(EngineHarness.Tenant, new WorkflowRowFilter(), default);
        await store.RecentRunsAsync([Some, Guid.Empty], default);
        AssertNoScan();
        Assert.Equal(2, plans.Seen[^1].Plan.Count(line => line.Contains("IX_runs_WorkflowId_Id", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PagesOfThePractice_AreReadFromIndexes()
    {
        await AddToPracticeAsync();
        var outbox = new OutboxQueries(plans);
        var invoices = new InvoiceQueries(plans, TimeProvider.System, new StudioAddress("http://localhost"));
        await outbox.ListAsync(EngineHarness.Tenant, null, null, 50, default);
        await outbox.ListAsync(EngineHarness.Tenant, MessageChannel.Sms, null, 50, default);
        await outbox.ListAsync(EngineHarness.Tenant, null, Some, 50, default);
        await outbox.ListAsync(EngineHarness.Tenant, MessageChannel.Sms, Some, 50, default);
        await outbox.OfRunAsync(EngineHarness.Tenant, Some, default);
        await new CalendarQueries(plans, TimeProvider.System).WeekAsync(EngineHarness.Tenant, null, default);
        var (all, paid) = (new InvoiceFilter(), new InvoiceFilter { Status = InvoiceStatus.Paid });
        await invoices.ListAsync(EngineHarness.Tenant, all, null, 50, default);
        await invoices.ListAsync(EngineHarness.Tenant, paid, null, 50, default);
        await invoices.ListAsync(EngineHarness.Tenant, all, Some, 50, default);
        await invoices.ListAsync(EngineHarness.Tenant, paid, Some, 50, default);
        await invoices.SumsAsync(EngineHarness.Tenant, default);
        AssertNoScan();
        AssertBounded();
        foreach (var (row, index) in new[]
        {
            ("o", "outbox_WorkspaceId_Environment_CreatedAt"),
            ("o", "outbox_WorkspaceId_Environment_Channel_CreatedAt"),
            ("i", "invoices_WorkspaceId_Environment_Sequence"),
            ("i", "invoices_WorkspaceId_Environment_Status_Sequence"),
        })
            Assert.Contains(plans.Seen, seen => seen.Plan.Any(line => line.StartsWith(
                $"SEARCH {row} USING INDEX IX_{index} (", StringComparison.Ordinal) && line.EndsWith("<?)", StringComparison.Ordinal)));
        Assert.Contains(plans.Seen[^1].Plan, line => line.Contains("IX_invoices_WorkspaceId_Environment_PaidAt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatStepsReadOfThePractice_ComesFromIndexes()
    {
        await AddToPracticeAsync();
        var figures = new MoneyFigures(plans, TimeProvider.System);
        foreach (var range in new[] { "last_7_days", "last_month", "all" })
        {
            await figures.ReceivablesAsync(EngineHarness.Tenant, DateRange.Named(range)!, default);
            await figures.PaymentsAsync(EngineHarness.Tenant, DateRange.Named(range)!, default);
            await new FormRuns(plans, TimeProvider.System).CountAsync(EngineHarness.Tenant, DateRange.Named(range)!, default);
        }

        var reminders = new InvoiceReminders(harness.Writer, plans, TimeProvider.System, new StudioAddress("http://localhost"));
        foreach (var which in Enum.GetValues<UnpaidKind>())
            await reminders.ListAsync(EngineHarness.Tenant, new ReminderWish(which, 3, 200), new EffectSource("k"), default);
        await reminders.FindAsync(EngineHarness.Tenant, Some, default);
        AssertNoScan();
        AssertBounded();
        foreach (var index in new[] { "invoices_WorkspaceId_Environment_IssuedAt", "payments_WorkspaceId_Environment_PaidAt" })
            Assert.Contains(plans.Seen, seen => seen.Plan.Any(line => line.Contains($"IX_{index} (", StringComparison.Ordinal)));
        Assert.Contains(plans.Seen, seen => seen.Plan.Any(
            line => line.Contains("IX_invoices_WorkspaceId_Environment_Status", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task FormsAndWhatWasSentByThem_ComeFromIndexes()
    {
        var (tenant, address) = (EngineHarness.Tenant, new StudioAddress("http://localhost"));
        var forms = new FormQueries(plans, TimeProvider.System, address);
        await forms.PageAsync(tenant, new FormFilter(), 0, 50, default);
        await forms.FindAsync(tenant, Some, default);
        // how often something was sent is counted in the index alone
        const string counted = "USING COVERING INDEX IX_form_submissions_WorkspaceId_Environment_FormId_Id (";
        Assert.Equal(2, plans.Seen.Count(seen => seen.Plan.Any(line => line.Contains(counted, StringComparison.Ordinal))));

        foreach (var (filter, index) in new[]
        {
            (new SubmissionFilter(), "Id"), (new SubmissionFilter { FormId = Some }, "FormId_Id"),
            (new SubmissionFilter { ContactId = Some }, "ContactId_Id"),
        })
            foreach (var narrowed in new[] { filter, filter with { From = DateTimeOffset.UnixEpoch, Before = DateTimeOffset.UnixEpoch } })
            {
                plans.Seen.Clear();
                await forms.SubmissionsAsync(tenant, narrowed, 0, 50, default);
                await foreach (var _ in forms.AllSubmissionsAsync(tenant, narrowed, default)) Assert.Fail("Nothing was sent.");
                AssertReadInOrder($"IX_form_submissions_WorkspaceId_Environment_{index} (");
            }

        plans.Seen.Clear();
        await new FormStory(plans).OfAsync(tenant, new Contact(Some, "", "", null, null), 5, default);
        AssertReadInOrder("IX_form_submissions_WorkspaceId_Environment_ContactId_Id (");

        void AssertReadInOrder(string index)
        {
            foreach (var (sql, plan) in plans.Seen.Where(seen => seen.Sql.Contains("\"form_submissions\"", StringComparison.Ordinal)))
                Assert.True(plan.Any(line => line.Contains(index, StringComparison.Ordinal))
                    && !plan.Any(line => line.Contains("TEMP B-TREE", StringComparison.Ordinal)), $"{string.Join('\n', plan)}\n{sql}");
        }
    }

    [Fact]
    public async Task RunsThatAsk_AreReadFromTheOpenApprovals()
    {
        await new AskingRuns(plans).AmongAsync(EngineHarness.Tenant, [Some, Guid.Empty], default);
        Assert.Contains(
            plans.Seen[^1].Plan, line => line.Contains("IX_approvals_WorkspaceId_Environment_Status_CreatedAt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HeaderOfARun_IsReadByItsKey()
    {
        await new RunHistory(plans, harness.Get<IReadConnections>()).HeaderAsync(EngineHarness.Tenant, Some, default);
        AssertNoScan();
    }

    public static TheoryData<string> Statements => [JournalReading.RowsSql, JournalReading.ArchiveSql, FinishedRuns.Sql,
        RunFigureQueries.CountSql, DueRuns.FirstSql, DueRuns.BehindSql, RunStarts.OpenInFamilySql];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statement_IsAnsweredFromAnIndex(string sql)
    {
        var plan = await ExplainAsync(sql);
        Assert.Contains(plan, line => line.StartsWith("SEARCH ", StringComparison.Ordinal));
        Assert.Empty(QueryPlans.Scans(sql, plan, Large));
    }

    // what is unread is little, however many runs wait
    [Fact]
    public async Task WantedRuns_AreReadFromTheInbox()
    {
        var plan = await ExplainAsync(DueRuns.WantedSql);
        Assert.StartsWith("SCAN i ", plan[0], StringComparison.Ordinal);
        Assert.StartsWith("SEARCH r USING PRIMARY KEY", plan[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""SELECT * FROM "runs" AS "r" WHERE "r"."Subject"='x'""")]
    [InlineData("""SELECT count(*) FROM runs""")]
    public async Task AScan_IsFound(string sql)
    {
        Assert.NotEmpty(QueryPlans.Scans(sql, await ExplainAsync(sql), Large));
    }

    private async Task<IReadOnlyList<string>> ExplainAsync(string sql)
    {
        await using var connection = await harness.Get<IReadConnections>().OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(sql, "@\\w+").Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, 1);
            command.Parameters.Add(parameter);
        }

        return QueryPlans.Explain(command);
    }

    // a message and an invoice, for pages to begin below
    private Task AddToPracticeAsync()
    {
        var tenant = EngineHarness.Tenant;
        return harness.Writer.WriteAsync(w =>
        {
            w.Db.Add(new OutboxRow { Id = Some, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, To = "x", Body = "x" });
            w.Db.Add(new InvoiceRow
            {
                Id = Some, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment, Currency = "usd", Token = "x",
                PaymentMethods = "card", ContactId = Some,
            });
            w.Db.Add(new ContactRow { Id = Some, WorkspaceId = tenant.WorkspaceId, Environment = tenant.Environment });
            return 0;
        });
    }

    // no page reads more of the tables that grow when they have grown
    private void AssertBounded()
    {
        foreach (var (sql, _) in plans.Seen.Where(seen => seen.Sql.Contains("\"outbox\"", StringComparison.Ordinal)
            || seen.Sql.Contains("\"invoices\"", StringComparison.Ordinal)))
            Assert.Contains("LIMIT", sql, StringComparison.Ordinal);
    }

    private void AssertNoScan()
    {
        Assert.NotEmpty(plans.Seen);
        foreach (var (sql, plan) in plans.Seen) Assert.Empty(QueryPlans.Scans(sql, plan, Large).Select(line => $"{line}: {sql}"));
    }
}
