using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Components.Practice.Billing;

/// <summary>Makes an invoice: for whom, what for, and until when. The sums are reckoned while somebody types.</summary>
public sealed partial class InvoiceDialog
{
    private static readonly string[] Fields = ["contactId", "currency", "dueOn", "lines", "note"];

    private readonly InvoiceForm form = new();

    /// <summary>The invoice made last, whose currency and tax are likely those of this one; null where there is none.</summary>
    [Parameter]
    public InvoiceView? Last { get; set; }

    protected override void OnInitialized()
    {
        form.DueOn = Day(NewInvoice.UsualDays);
        form.Currency = Last?.Currency ?? form.Currency;
        AddLine();
    }

    protected override bool IsField(string field) => Fields.Contains(field) || field.StartsWith("lines[", StringComparison.Ordinal);

    private void AddLine() => form.Lines.Add(new InvoiceForm.Line
    {
        Tax = form.Lines.Count > 0 ? form.Lines[^1].Tax
            : Last?.Lines[0].TaxPercent is { } percent and > 0 ? percent.ToString("0.###", CultureInfo.InvariantCulture) : "",
    });

    private string Day(int days) => Session.Format.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Amount(InvoiceForm.Line line) =>
        line.ToLine(form.Currency) is { } read ? StudioFormat.Amount(read.AmountCents, form.Currency) : "";

    private void Choose(PracticeRecord? contact)
    {
        form.Contact = contact;
        Problems.Remove("contactId");
    }

    private void Remove(InvoiceForm.Line line)
    {
        form.Lines.Remove(line);
        for (var i = 0; i <= form.Lines.Count; i++) Forget(i);
    }

    // what was said of a line is said again when it is sent
    private void Forget(int line)
    {
        foreach (var place in Problems.Keys.Where(k => k == "lines" || k.StartsWith($"lines[{line}]", StringComparison.Ordinal)).ToList())
            Problems.Remove(place);
    }

    private IEnumerable<string> OfLine(int line) =>
        Problems.Where(p => p.Key.StartsWith($"lines[{line}]", StringComparison.Ordinal)).Select(p => p.Value).Distinct();

    private Task SaveAsync()
    {
        Problems.Clear();
        var said = form.Read(Problems);
        if (form.Contact is null) Problems["contactId"] = "Choose who pays.";
        return StoreAsync(stop => Changing.AddAsync(Session.Caller, said, Key, null, stop));
    }
}
