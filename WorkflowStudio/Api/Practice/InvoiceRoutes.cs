using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Invoices.Print;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>
/// The addresses of invoices, their payments and credit notes. What is asked for with an Idempotency-Key carries it to where it is written:
/// it happens once even where the answer could not be kept.
/// </summary>
internal sealed class InvoiceRoutes(ReadInvoices reading, ChangeInvoices changing, ExportInvoices exporting, IdFactory ids)
    : IDialectEndpoints
{
    private const string Pdf = "application/pdf";

    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/invoices", ReadInvoices.Needs, ListAsync);
        routes.Post("/invoices", ChangeInvoices.Needs, call => call.WithObjectAsync(body => AddAsync(call, body)));
        routes.Get("/invoices/ageing", ReadInvoices.Needs, call => call.ReadAsync(
            reading.AgeingAsync(call.Caller, call.Aborted), figures => SequencesAnswers.One(w => InvoiceMessages.Write(w, figures))));
        routes.Get("/invoices/export", ExportInvoices.Needs, call => Task.FromResult(Export(
            call, InvoiceBodies.Invoices, filter => exporting.Invoices(call.Caller, filter))));
        routes.Get("/invoices/{id}", ReadInvoices.Needs, call => call.ReadAsync(
            reading.FindAsync(call.Caller, call.Id(), call.Aborted),
            invoice => SequencesAnswers.One(w => InvoiceMessages.Write(w, invoice))));
        routes.Patch("/invoices/{id}", ChangeInvoices.Needs, call => call.WithObjectAsync(body => ChangeAsync(call, body)));
        routes.Delete("/invoices/{id}", ChangeInvoices.Needs, call => call.ReadAsync(
            changing.VoidAsync(call.Caller, call.Id(), call.Aborted), _ => ApiAnswer.Nothing));
        routes.Get("/invoices/{id}/pdf", ReadInvoices.Needs, call => call.ReadAsync(
            reading.PrintAsync(call.Caller, call.Id(), call.Aborted), Printed));
        routes.Get("/invoices/{id}/credit-notes/{credit}/pdf", ReadInvoices.Needs, call => call.ReadAsync(
            reading.PrintCreditAsync(call.Caller, call.Id(), call.Id("credit"), call.Aborted), Printed));
        routes.Post("/invoices/{id}/payments", ChangeInvoices.Needs, call => call.WithObjectAsync(
            body => MakeAsync(call, body, b => b.Payment(body),
                (said, key, keep) => changing.PayAsync(call.Caller, call.Id(), said, key, keep, call.Aborted)), mayBeEmpty: true));
        routes.Post("/invoices/{id}/credit-notes", ChangeInvoices.Needs, call => call.WithObjectAsync(
            body => MakeAsync(call, body, b => b.Credit(body),
                (said, key, keep) => changing.CreditAsync(call.Caller, call.Id(), said, key, keep, call.Aborted))));
        routes.Get("/payments", ReadInvoices.Needs, PaymentsAsync);
        routes.Get("/payments/export", ExportInvoices.Needs, call => Task.FromResult(Export(
            call, InvoiceBodies.Payments, filter => exporting.Payments(call.Caller, filter))));
        routes.Get("/payments/{id}", ReadInvoices.Needs, call => call.ReadAsync(
            reading.PaymentAsync(call.Caller, call.Id(), call.Aborted),
            payment => SequencesAnswers.One(w => InvoiceMessages.Write(w, payment))));
        routes.Delete("/payments/{id}", ChangeInvoices.Needs, call => call.ReadAsync(
            changing.RemovePaymentAsync(call.Caller, call.Id(), call.Aborted), _ => ApiAnswer.Nothing));
    }

    private static ApiAnswer One(ChangedInvoice changed, int status = StatusCodes.Status200OK) =>
        SequencesAnswers.One(w => InvoiceMessages.Write(w, changed), status);

    private static ApiAnswer Printed(PrintedFile file) => new(StatusCodes.Status200OK, file.Bytes)
    {
        ContentType = Pdf,
        Headers = new Dictionary<string, string> { ["Content-Disposition"] = $"inline; filename=\"{file.FileName}\"" },
    };

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(reader), InvoiceBodies.Invoices(reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.PageAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, InvoiceMessages.Write, page, found.Total));
    }

    private async Task<ApiAnswer> PaymentsAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var (page, filter) = (PageOf.Read(reader), InvoiceBodies.Payments(reader));
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(reading.PaymentsAsync(call.Caller, filter, page.Skip, page.Limit, call.Aborted),
            found => SequencesAnswers.Page(found.Items, InvoiceMessages.Write, page, found.Total));
    }

    private Task<ApiAnswer> AddAsync(ApiCall call, JsonElement body) => MakeAsync(call, body, b => b.Invoice(body),
        (said, key, keep) => changing.AddAsync(call.Caller, said, key, keep, call.Aborted),
        changed => $"{Dialect.Prefix}/invoices/{changed.Invoice.Id}");

    private async Task<ApiAnswer> MakeAsync<T>(
        ApiCall call, JsonElement body, Func<InvoiceBodies, T> read,
        Func<T, string, Func<ChangedInvoice, Engine.Runtime.Answers.KeptAnswer?>?, Task<Result<ChangedInvoice>>> make,
        Func<ChangedInvoice, string>? location = null)
    {
        var problems = new List<FieldProblem>();
        var said = read(new InvoiceBodies(problems));
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.DoAsync<ChangedInvoice>(keep => make(said, Key(call), keep), changed =>
            One(changed, StatusCodes.Status201Created) with { Location = location?.Invoke(changed) });
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, JsonElement body)
    {
        var problems = new List<FieldProblem>();
        var (dueOn, note) = new InvoiceBodies(problems).Change(body);
        if (problems.Count > 0) return call.Dialect.Refuse(ChangeRecords.Wrong(problems));
        return await call.ReadAsync(changing.ChangeAsync(call.Caller, call.Id(), dueOn, note, call.Aborted), changed => One(changed));
    }

    private static ApiAnswer Export<T>(ApiCall call, Func<QueryReader, T> read, Func<T, Result<CsvExport>> export)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var filter = read(reader);
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var file = export(filter);
        return file.Ok ? CsvAnswer.Of(file.Value) : call.Dialect.Refuse(file.Problem);
    }

    private string Key(ApiCall call) => OnceKey.Of(call) ?? $"hand:{ids.New():N}";
}
