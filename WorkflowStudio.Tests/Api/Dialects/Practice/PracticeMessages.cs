using System.Text;
using WorkflowStudio.Tests.Api.Dialects.Graph;
using WorkflowStudio.Tests.Api.Dialects.Sequences;

namespace WorkflowStudio.Tests.Api.Dialects.Practice;

/// <summary>Every message of the interface to practice data that is recorded.</summary>
internal static class PracticeMessages
{
    private const string Properties = "/api/v1/properties";
    private const string Appointments = "/api/v1/appointments";
    private const string Types = "/api/v1/appointment-types";
    private const string Hours = "/api/v1/opening-hours";
    private const string Laser = """
        {"name":"Laser","minutes":45,"bufferMinutes":15,"with":"Dr. Reyes","priceCents":20000,"alias":"type_laser"}
        """;
    private const string Saturday = """{"weekday":"saturday","from":"09:00","to":"12:30"}""";
    private const string Past = """
        {"contactId":"ines@example.org","typeId":"First visit","startsAt":"2001-01-03T09:00","status":"visited","notes":"Came early"}
        """;
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
        new("appointment_type_create", p => p.PostAsync(Types, Laser)),
        new("appointment_type_refused", p => p.PostAsync(Types, """{"name":"Laser","minutes":0,"alias":"a b"}""")),
        new("appointment_type_list", async p =>
        {
            await p.Practice.PostAsync(Types, Laser);
            return await p.GetAsync($"{Types}?search=laser&minutes[gte]=45");
        }),
        new("appointment_type_read", async p => await p.GetAsync($"{Types}/{await MakeAsync(p, Types, Laser)}")),
        new("appointment_type_update", async p =>
            await SendAsync(p, HttpMethod.Patch, $"{Types}/{await MakeAsync(p, Types, Laser)}", """{"active":false}""")),
        new("appointment_type_delete", async p =>
            await p.SendAsync(HttpMethod.Delete, $"{Types}/{await MakeAsync(p, Types, Laser)}", null)),
        new("appointment_type_export", async p =>
        {
            await MakeAsync(p, Types, Laser);
            return await p.GetAsync($"{Types}/export?search=laser");
        }),
        new("appointment_type_import", p => CsvAsync(p, Types, "?preview=true", "name,minutes\nLaser,45\nFirst visit,40\n")),
        new("appointment_type_in_use", async p =>
        {
            await NoteAsync(p);
            var types = await p.Practice.GetAsync(Types);
            return await p.SendAsync(HttpMethod.Delete, $"{Types}/{types.Data()[0].GetProperty("id").GetString()}", null);
        }),
        new("opening_time_create", p => p.PostAsync(Hours, Saturday)),
        new("opening_time_closed_day", p => p.PostAsync(Hours, """{"day":"2001-12-24","closed":true}""")),
        new("opening_time_overlapping", p => p.PostAsync(Hours, """{"weekday":"monday","from":"08:00","to":"10:00"}""")),
        new("opening_time_inverted", p => p.PostAsync(Hours, """{"weekday":"sunday","from":"12:00","to":"10:00"}""")),
        new("opening_time_read", async p => await p.GetAsync($"{Hours}/{await MakeAsync(p, Hours, Saturday)}")),
        new("opening_time_update", async p =>
            await SendAsync(p, HttpMethod.Patch, $"{Hours}/{await MakeAsync(p, Hours, Saturday)}", """{"to":"13:00"}""")),
        new("opening_time_delete", async p => await p.SendAsync(HttpMethod.Delete, $"{Hours}/{await MakeAsync(p, Hours, Saturday)}", null)),
        new("opening_time_export", async p =>
        {
            await MakeAsync(p, Hours, Saturday);
            return await p.GetAsync($"{Hours}/export?weekday=saturday");
        }),
        new("opening_time_import", p => CsvAsync(p, Hours, "", "day,closed\n2027-12-24,yes\n")),
        new("opening_time_list", p => p.GetAsync($"{Hours}?weekday=monday")),
        new("appointment_create", async p =>
        {
            await ClientAsync(p);
            return await p.PostAsync(Appointments, Past);
        }),
        new("appointment_taken", async p =>
        {
            await ClientAsync(p);
            var body = $$"""{"contactId":"ines@example.org","typeId":"First visit","startsAt":"{{await FreeAsync(p)}}"}""";
            Assert.Equal(201, (await p.Practice.PostAsync(Appointments, body)).Status);
            return await p.PostAsync(Appointments, body);
        }),
        new("appointment_refused", async p =>
        {
            await ClientAsync(p);
            return await p.PostAsync(
                Appointments, """{"contactId":"ines@example.org","typeId":"First visit","startsAt":"2001-01-03T09:00"}""");
        }),
        new("appointment_of_nobody", p => p.PostAsync(
            Appointments, """{"contactId":"nobody@example.org","typeId":"Massage","startsAt":"tomorrow"}""")),
        new("appointment_list", async p =>
        {
            await NoteAsync(p);
            return await p.GetAsync($"{Appointments}?status=visited&startsAt[gte]=2001-01-01T00:00:00Z&startsAt[lte]=2001-02-01T00:00:00Z");
        }),
        new("appointment_read", async p => await p.GetAsync($"{Appointments}/{await NoteAsync(p)}")),
        new("appointment_cancel", async p => await SendAsync(
            p, HttpMethod.Patch, $"{Appointments}/{await NoteAsync(p)}", """{"status":"canceled","cancelReason":"Ill"}""")),
        new("appointment_delete_refused",
            async p => await p.SendAsync(HttpMethod.Delete, $"{Appointments}/{await NoteAsync(p)}", null)),
        new("appointment_delete", async p =>
        {
            var one = $"{Appointments}/{await NoteAsync(p)}";
            using var canceled = new StringContent("""{"status":"canceled"}""", Encoding.UTF8, "application/json");
            Assert.Equal(200, (await p.Practice.SendAsync(HttpMethod.Patch, one, canceled, null)).Status);
            return await p.SendAsync(HttpMethod.Delete, one, null);
        }),
        new("appointment_export", async p =>
        {
            await NoteAsync(p);
            return await p.GetAsync($"{Appointments}/export?status=visited");
        }),
        new("appointment_import_preview", async p =>
        {
            await ClientAsync(p);
            return await CsvAsync(p, Appointments, "?preview=true",
                "contact,appointment type,begins,status\nines@example.org,First visit,2001-01-03 09:00,visited\n"
                + "ines@example.org,Massage,x,\n");
        }),
        new("appointment_free", p => p.GetAsync($"{Appointments}/free?typeId=First visit&from=2001-01-01&to=2001-01-07")),
        new("appointment_free_refused", p => p.GetAsync($"{Appointments}/free?typeId=First visit&from=2001-01-01&to=2001-03-01")),
        new("appointment_free_of_nothing", p => p.GetAsync($"{Appointments}/free")),
        .. FormMessageCases.All, .. InvoiceMessageCases.All, .. ConversationMessageCases.All,
        new("property_wrong_method", p => p.SendAsync(HttpMethod.Put, Properties, null)),
    ];

    private static async Task ClientAsync(MessagePlay play) => Assert.Equal(201, (await play.Practice.PostAsync(
        "/api/v1/contacts", """{"firstName":"Ines","lastName":"Ortega","email":"ines@example.org"}""")).Status);

    private static async Task<string> NoteAsync(MessagePlay play)
    {
        await ClientAsync(play);
        var made = await play.Practice.PostAsync(Appointments, Past);
        Assert.True(made.Status == 201, made.Body);
        return made.Data().GetProperty("id").GetString()!;
    }

    // in the one form of a time that is recorded
    private static async Task<string> FreeAsync(MessagePlay play) =>
        (await play.Practice.GetAsync($"{Appointments}/free?typeId=First visit"))
        .Data()[0].GetProperty("startsAt").GetDateTimeOffset().UtcDateTime
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static Task<string> MakeAsync(MessagePlay play) => MakeAsync(play, Properties, Loft);

    private static async Task<string> MakeAsync(MessagePlay play, string table, string body)
    {
        var made = await play.Practice.PostAsync(table, body);
        Assert.True(made.Status == 201, made.Body);
        return made.Json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static Task<string> CsvAsync(MessagePlay play, string table, string query, string text) =>
        play.SendAsync(HttpMethod.Post, $"{table}/import{query}", new StringContent(text, Encoding.UTF8, "text/csv"));

    private static Task<string> SendAsync(MessagePlay play, HttpMethod method, string path, string body) =>
        play.SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
