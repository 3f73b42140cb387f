using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Invoices;

public abstract class InvoiceRemindersTests(TestStore store) : PracticeSuite(store)
{
    private static readonly ReminderWish All = new(UnpaidKind.All, 0, 200);

    [Fact]
    public async Task List_OwnFirstThenNeverThenLongestAgo()
    {
        var invoices = new List<Invoice>();
        for (var i = 0; i < 4; i++) invoices.Add(await practice.InvoiceAsync(9 - i));
        await BeginAsync(invoices[0], 0, "run/b");
        practice.Clock.Advance(TimeSpan.FromDays(1));
        await BeginAsync(invoices[1], 0, "run/b");
        await BeginAsync(invoices[2], 0, "run/a");

        var listed = await practice.Reminders.ListAsync(practice.Tenant, All, PracticeFixture.Key("run/a"), default);
        Assert.Equal(["INV-1003", "INV-1004", "INV-1001", "INV-1002"], listed.Select(l => l.Invoice.Number));
        Assert.Equal("INV-1003", Assert.Single(await practice.Reminders.ListAsync(
            practice.Tenant, All with { Most = 1 }, PracticeFixture.Key("run/a"), default)).Invoice.Number);
    }

    [Fact]
    public async Task List_ByTheDayInTheZoneOfThePractice()
    {
        foreach (var days in new[] { 0, 1, 4, 5 }) await practice.InvoiceAsync(days);
        await practice.Invoices.MarkAsync(practice.Tenant, (await practice.InvoiceAsync(0)).Id, InvoiceStatus.Paid, null, default);
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 11, 25, 23, 59, 0, TimeSpan.FromHours(-6)));

        foreach (var (wish, expected) in new[]
        {
            (new ReminderWish(UnpaidKind.Overdue, 3, 200), "INV-1001"), (new ReminderWish(UnpaidKind.DueSoon, 3, 200), "INV-1002 INV-1003"),
            (All, "INV-1001 INV-1002 INV-1003 INV-1004"),
        })
        {
            var listed = await practice.Reminders.ListAsync(practice.Tenant, wish, PracticeFixture.Key("k"), default);
            Assert.Equal(expected, string.Join(' ', listed.Select(l => l.Invoice.Number)));
        }
    }

    [Fact]
    public async Task Begin_ByManyAtOnce_LetsOneThrough()
    {
        var invoice = await practice.InvoiceAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => BeginAsync(invoice, 1, $"run {i}")));

        Assert.Single(answers, a => a is null);
        Assert.All(answers, a => Assert.True(a is null or { Code: IInvoiceReminders.RemindedLately }));
    }

    [Fact]
    public async Task TakeBack_LeavesItAsItWas_ButNotWhatAnotherHasBegun()
    {
        var invoice = await practice.InvoiceAsync();
        await BeginAsync(invoice, 1, "first");
        practice.Clock.Advance(TimeSpan.FromDays(1));
        await BeginAsync(invoice, 1, "second");
        practice.Clock.Advance(TimeSpan.FromDays(1));
        await BeginAsync(invoice, 1, "second"); // called again after a crash

        await TakeBackAsync(invoice, "third");
        Assert.Equal(new DateOnly(2026, 11, 25), await RemindedOnAsync(invoice));
        await TakeBackAsync(invoice, "second");
        await TakeBackAsync(invoice, "second");
        Assert.Equal(new DateOnly(2026, 11, 24), await RemindedOnAsync(invoice));
        Assert.Null(await BeginAsync(invoice, 2, "fourth"));
    }

    [Fact]
    public async Task Begin_WhatIsNotThere_IsSaid() => Assert.Equal(
        "invoice_unknown",
        (await practice.Reminders.BeginAsync(practice.Tenant, practice.Ids.New(), 1, PracticeFixture.Key("k"), default)).Problem!.Code);

    private Task TakeBackAsync(Invoice invoice, string key) =>
        practice.Reminders.TakeBackAsync(practice.Tenant, invoice.Id, PracticeFixture.Key(key), default);

    private async Task<DateOnly?> RemindedOnAsync(Invoice invoice) =>
        (await practice.Reminders.FindAsync(practice.Tenant, invoice.Id, default))!.Invoice.RemindedOn;

    private async Task<ConnectorProblem?> BeginAsync(Invoice invoice, int gapDays, string key) =>
        (await practice.Reminders.BeginAsync(practice.Tenant, invoice.Id, gapDays, PracticeFixture.Key(key), default)).Problem;
}
