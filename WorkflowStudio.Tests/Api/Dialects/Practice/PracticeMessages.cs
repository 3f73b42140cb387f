using System.Text;
using WorkflowStudio.Tests.Api.Dialects.Graph;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Every message of the interface to practice data that is recorded.</summary>
internal static class PracticeMessages
{
    private const string Properties = "/api/v1/properties";
    private const string Loft = """
        {"title":"Loft at the park","reference":"A-12","price":1450.5,"currency":"USD","bedrooms":2,"city":"Houston",
        "availableFrom":"2027-01-15"}
        """;

    public static IReadOnlyList<MessageCase> All { get; } =
    [
        new("property_create", p => p.PostAsync(Properties, Loft)),
        new("property_create_replayed", async p =>
        {
            await p.Practice.PostAsync(Properties, Loft, "k1");
            return await p.PostAsync(Properties, Loft, ("Idempotency-Key", "k1"));
        }),
        new("property_refused", p => p.PostAsync(Properties, """{"price":"cheap","status":"sold","titel":"Loft"}""")),
        new("property_without_title", p => p.PostAsync(Properties, """{"city":"Houston"}""")),
        new("property_list", async p =>
        {
            await MakeAsync(p);
            return await p.GetAsync($"{Properties}?city=Houston&price[lte]=1500&sort=-price&limit=5");
        }),
        new("property_list_empty", p => p.GetAsync($"{Properties}?status=taken")),
        new("property_list_refused", p => p.GetAsync($"{Properties}?colour=red&price[gte]=lots&city[lte]=B&sort=size")),
        new("property_read", async p => await p.GetAsync($"{Properties}/{await MakeAsync(p)}")),
        new("property_update", async p =>
            await SendAsync(p, HttpMethod.Patch, $"{Properties}/{await MakeAsync(p)}", """{"status":"taken"}""")),
        new("property_update_refused",
            async p => await SendAsync(p, HttpMethod.Patch, $"{Properties}/{await MakeAsync(p)}", """{"price":1.001}""")),
        new("property_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Properties}/{await MakeAsync(p)}", null)),
        new("property_unknown", p => p.GetAsync($"{Properties}/0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001")),
        new("property_export", async p =>
        {
            await MakeAsync(p);
            return await p.GetAsync($"{Properties}/export");
        }),
        new("contact_import", p => CsvAsync(p, "/api/v1/contacts", "",
            "First name,Last name,E-mail,Phone\nInes,Ortega,ines.ortega@example.org,713 555 0166\nNobody,,no,\n")),
        new("contact_export", p => p.GetAsync("/api/v1/contacts/export?search=nobody")),
        new("property_import_preview", p => CsvAsync(p, Properties, "?preview=true", "title,price\nLoft,1450\nGarden,cheap\n")),
        new("property_import", p => CsvAsync(p, Properties, "", "title;reference;price\nLoft;A-12;1450\n")),
        new("property_import_refused", p => CsvAsync(p, Properties, "", "colour\nred\n")),
        new("property_import_of_json", p => p.PostAsync(Properties + "/import", "{}")),
        new("property_wrong_method", p => p.SendAsync(HttpMethod.Put, Properties, null)),
    ];

    private static async Task<string> MakeAsync(MessagePlay play)
    {
        var made = await play.Practice.PostAsync(Properties, Loft);
        Assert.True(made.Status == 201, made.Body);
        return made.Json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static Task<string> CsvAsync(MessagePlay play, string table, string query, string text) =>
        play.SendAsync(HttpMethod.Post, $"{table}/import{query}", new StringContent(text, Encoding.UTF8, "text/csv"));

    private static Task<string> SendAsync(MessagePlay play, HttpMethod method, string path, string body) =>
        play.SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
