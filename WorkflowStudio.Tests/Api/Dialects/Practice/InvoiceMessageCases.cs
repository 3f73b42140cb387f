using System.Text;
using WorkflowStudio.Tests.Api.Dialects.Graph;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>The messages of invoices and payments that are recorded.</summary>
internal static class InvoiceMessageCases
{
    private const string Invoices = "/api/v1/invoices";
    private const string Payments = "/api/v1/payments";
    private const string Nobody = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001";

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("invoice_create", async p => await p.PostAsync(Invoices, await BodyAsync(p))),
        new("invoice_refused", p => p.PostAsync(Invoices,
            """{"currency":"xbt","dueOn":"tomorrow","lines":[{"what":"","unitPrice":-1,"quantity":0,"taxPercent":101},7],"totals":1}""")),
        new("invoice_list", async p =>
        {
            await MakeAsync(p);
            return await p.GetAsync($"{Invoices}?status=open&search=INV-1001");
        }),
        new("invoice_list_refused", p => p.GetAsync($"{Invoices}?status=late&dueOn[lte]=soon")),
        new("invoice_read", async p => await p.GetAsync($"{Invoices}/{await MakeAsync(p)}")),
        new("invoice_unknown", p => p.GetAsync($"{Invoices}/{Nobody}")),
        new("invoice_update", async p => await PatchAsync(p, $"{Invoices}/{await MakeAsync(p)}", """{"note":"Thank you"}""")),
        new("invoice_void", async p => await p.SendAsync(HttpMethod.Delete, $"{Invoices}/{await MakeAsync(p)}", null)),
        new("invoice_void_paid", async p => await p.SendAsync(HttpMethod.Delete, $"{Invoices}/{await PaidAsync(p)}", null)),
        new("invoice_pay", async p =>
            await p.PostAsync($"{Invoices}/{await MakeAsync(p)}/payments", """{"method":"cash","amount":62.36,"note":"At the desk"}""")),
        new("invoice_pay_too_much", async p =>
            await p.PostAsync($"{Invoices}/{await MakeAsync(p)}/payments", """{"method":"cash","amount":999}""")),
        new("invoice_pay_twice", async p => await p.PostAsync($"{Invoices}/{await PaidAsync(p)}/payments", """{"method":"cash"}""")),
        new("invoice_credit", async p =>
            await p.PostAsync($"{Invoices}/{await PaidAsync(p)}/credit-notes", """{"reason":"Waited long","amount":10}""")),
        new("invoice_ageing", async p =>
        {
            await MakeAsync(p);
            return await p.GetAsync($"{Invoices}/ageing");
        }),
        new("invoice_export", async p =>
        {
            await MakeAsync(p);
            return await p.GetAsync($"{Invoices}/export");
        }),
        new("payment_list", async p => await p.GetAsync($"{Payments}?invoiceId={await PaidAsync(p)}")),
        new("payment_read", async p => await p.GetAsync($"{Payments}/{await PaymentAsync(p)}")),
        new("payment_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Payments}/{await PaymentAsync(p)}", null)),
        new("payment_export", async p => await p.GetAsync($"{Payments}/export?invoiceId={await PaidAsync(p)}")),
    ];

    private static async Task<string> BodyAsync(MessagePlay play)
    {
        var contact = (await play.Practice.PostAsync(
            "/api/v1/contacts", """{"firstName":"Ines","lastName":"Ortega","email":"ines@example.org"}""")).Json;
        return $$"""
            {"contactId":"{{contact.GetProperty("data").GetProperty("id").GetString()}}","currency":"usd","note":"Thank you",
            "lines":[{"what":"Visit","detail":"with Dr. Reyes","quantity":1.5,"unitPrice":99.99,"taxPercent":8.25}]}
            """;
    }

    private static async Task<string> MakeAsync(MessagePlay play)
    {
        var made = await play.Practice.PostAsync(Invoices, await BodyAsync(play));
        Assert.True(made.Status == 201, made.Body);
        return made.Json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static async Task<string> PaidAsync(MessagePlay play)
    {
        var id = await MakeAsync(play);
        Assert.Equal(201, (await play.Practice.PostAsync($"{Invoices}/{id}/payments", """{"method":"cash"}""")).Status);
        return id;
    }

    private static async Task<string> PaymentAsync(MessagePlay play)
    {
        var list = await play.Practice.GetAsync($"{Payments}?invoiceId={await PaidAsync(play)}");
        return list.Json.GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    private static Task<string> PatchAsync(MessagePlay play, string path, string body) =>
        play.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
