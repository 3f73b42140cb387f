[assembly: TestFramework("WorkflowStudio.Tests.Support.Postgres.PostgresTestFramework", "WorkflowStudio.Tests")]
